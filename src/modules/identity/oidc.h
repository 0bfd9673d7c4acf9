/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/secret.h"
#include "http/request.h"
#include "modules/identity/identity.h"

/* Signing in by an account elsewhere: OpenID Connect, authorization code flow with PKCE
 * (docs/adr/0023-oidc-and-keys.md). Off until somebody fills in the settings. Everything that calls outside
 * belongs on a slow thread. Errors say in Vietnamese what is wrong and what to do; their code tells nothing.
 */

#define OIDC_BEGIN_PATH "/dang-nhap/ben-ngoai"
#define OIDC_RETURN_PATH "/dang-nhap/ben-ngoai/ve"
#define OIDC_COOKIE "namro_ben_ngoai"

typedef struct OidcSettings {
	bool is_on;
	const char *issuer, *client_id;
	const char *secret_file; /* beside the data or absolute; "": a public client */
	const char *scopes;      /* "openid profile" */
	const char *claim;       /* by which an administrator links accounts */
	const char *label;       /* of the button */
	const char *base;        /* where people reach this program: "https://namro.example" */
	const char *ca_file;     /* further authority; "" */
	const char *trusted;     /* words of amr and acr that stand for a second factor; "" none */
} OidcSettings;

/* One setting, as pages and commands name it. */
typedef struct OidcField {
	const char *name, *key, *label, *hint;
	size_t offset;
	bool is_needed;
} OidcField;

/* All but `is_on`, ended by a NULL name. */
extern const OidcField OIDC_FIELDS[];

/* Strings live in the arena; what was never set is "" or has its default. */
bool oidc_settings_read(const IdentityScope *scope, OidcSettings *ret_settings, GError **error);

/* Gives what is wrong with settings; NULL: nothing. Says nothing of an issuer that does not answer. */
const char *oidc_settings_check(const OidcSettings *settings, Arena *arena);

/* Writes settings inside a transaction of its own; each change is a row of the ledger. */
bool oidc_settings_write(const IdentityScope *scope, const OidcSettings *settings, GError **error);

/* True for https, and for http to this machine itself. */
bool oidc_url_is_allowed(const char *url);

/* --- the outside ------------------------------------------------------------------------------------------
 */

typedef struct OidcCall {
	const char *url;
	const char *form;          /* of a POST; NULL: a GET */
	const char *user, *secret; /* for Basic; NULL */
	const char *ca_file;       /* "" */
} OidcCall;

/* Gives the body and the status. Follows nobody elsewhere; ends after OIDC_SECONDS_MAX and OIDC_BYTES_MAX. */
#define OIDC_SECONDS_MAX 10
#define OIDC_BYTES_MAX (256 * 1024)
bool oidc_call(const OidcCall *call, GString *ret_body, long *ret_status, GError **error);

/* What the issuer says of itself; in the arena. */
typedef struct OidcProvider {
	const char *authorization_endpoint, *token_endpoint, *jwks_uri;
	bool wants_secret_in_form;
} OidcProvider;

/* Reads a discovery document. */
bool oidc_provider_parse(const char *text, size_t len, const char *issuer, Arena *arena,
    OidcProvider *ret_provider, GError **error);

/* Asks the issuer, or remembers for some minutes what it said. */
bool oidc_discover(const OidcSettings *settings, Arena *arena, OidcProvider *ret_provider, GError **error);

/* The issuer's keys as JSON; in the arena. is_fresh: asks again. */
bool oidc_keys(const OidcSettings *settings, const OidcProvider *provider, bool is_fresh, Arena *arena,
    const char **ret_keys, GError **error);

/* Forgets what issuers said; for tests. */
void oidc_forget(void);

/* --- the ID token -----------------------------------------------------------------------------------------
 */

#define OIDC_TOKEN_BYTES_MAX (16 * 1024)
#define OIDC_SUBJECT_BYTES_MAX 255

typedef struct OidcExpected {
	const OidcSettings *settings;
	const char *nonce;
	int64_t now_us;
} OidcExpected;

typedef struct OidcClaims {
	const char *subject;
	const char *name; /* the value of the claim that is set; "" */
	bool has_mfa;     /* by the words that are trusted */
} OidcClaims;

/* Checks signature and claims. *ret_is_key_unknown: it is signed with a key that is not among `keys`; then it
 * fails too. */
bool oidc_token_check(const char *token, const char *keys, const OidcExpected *expected, Arena *arena,
    OidcClaims *ret_claims, bool *ret_is_key_unknown, GError **error);

/* Takes the ID token out of an answer of the token endpoint. */
bool oidc_answer_parse(
    const char *text, size_t len, long status, Arena *arena, const char **ret_token, GError **error);

/* --- one sign-in ------------------------------------------------------------------------------------------
 */

#define OIDC_MINUTES_MAX 10

/* One way there and back. Everything follows from a random text that stands in a cookie alone. */
typedef struct OidcFlow {
	char state[SECRET_TEXT_SIZE], nonce[SECRET_TEXT_SIZE], verifier[SECRET_TEXT_SIZE];
	bool is_link; /* somebody who has signed in links the account */
	const char *next;
} OidcFlow;

/* Begins; the cookie is the whole header. */
void oidc_flow_begin(const HttpRequest *request, int64_t now_us, bool is_link, const char *next,
    OidcFlow *ret_flow, const char **ret_cookie);

/* Finds the way that a request comes back on; false where the cookie is missing, too old, or of another
 * answer. */
bool oidc_flow_resume(const HttpRequest *request, int64_t now_us, const char *state, OidcFlow *ret_flow);

/* Where to send the browser. */
const char *
oidc_flow_url(const OidcFlow *flow, const OidcSettings *settings, const OidcProvider *provider, Arena *arena);

/* Gives the code away for an ID token, and checks that. */
bool oidc_flow_finish(const IdentityScope *scope, const OidcFlow *flow, const OidcSettings *settings,
    const char *code, OidcClaims *ret_claims, GError **error);

/* --- links ------------------------------------------------------------------------------------------------
 */

typedef struct OidcLink {
	const char *issuer, *name;
	const char *subject; /* NULL: nobody has come by it yet */
	int64_t linked_us;
} OidcLink;

/* *ret_is_linked false: it is not. */
bool oidc_link_find(
    const IdentityScope *scope, int64_t account_id, OidcLink *ret_link, bool *ret_is_linked, GError **error);

/* Links an account; subject NULL: by its name there, until somebody comes by it. Refused (ret_problem) where
 * the other account is linked already. */
bool oidc_link_set(const IdentityScope *scope, int64_t account_id, const char *issuer, const char *name,
    const char *subject, const char **ret_problem, GError **error);
bool oidc_link_drop(const IdentityScope *scope, int64_t account_id, GError **error);

/* Finds the account of somebody who comes from the issuer, and fixes the subject where an administrator had
 * linked it by name. *ret_account_id 0: none. */
bool oidc_link_resolve(const IdentityScope *scope, const char *issuer, const OidcClaims *claims,
    int64_t *ret_account_id, GError **error);

/* *ret_is_new false: this answer was taken already. */
bool oidc_state_use(const IdentityScope *scope, const char *state, bool *ret_is_new, GError **error);

/* Compares links with what the ledger noted. */
bool oidc_verify_links(Db *db, int64_t commune_id, LedgerReport *report, GError **error);
