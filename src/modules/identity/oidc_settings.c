/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setting.h"
#include "modules/identity/oidc.h"
#include "storage/txn.h"

#include <string.h>

#define KEY_ON "oidc.on"
#define VALUE_BYTES_MAX 500

#define FIELD(name, key, label, hint, member, is_needed) \
	{ \
		name, key, label, hint, offsetof(OidcSettings, member), is_needed \
	}

const OidcField OIDC_FIELDS[] = {
    FIELD("nguon", "oidc.issuer", "Địa chỉ nơi cấp (issuer)",
	"Đúng từng ký tự như nơi cấp công bố, ví dụ https://dangnhap.example.vn", issuer, true),
    FIELD("ma-ung-dung", "oidc.client_id", "Mã ứng dụng (client_id)", "Do nơi cấp cho.", client_id, true),
    FIELD("tep-bi-mat", "oidc.secret_file", "Tệp chứa bí mật của ứng dụng (client_secret)",
	"Tệp trên máy chủ, chỉ chủ của chương trình đọc được; tên không có dấu / thì tìm trong thư mục dữ "
	"liệu. Để "
	"trống nếu nơi cấp không cho bí mật.",
	secret_file, false),
    FIELD("pham-vi", "oidc.scopes", "Phạm vi (scope)", "Phải có openid.", scopes, true),
    FIELD("thong-tin", "oidc.claim", "Thông tin dùng để liên kết (claim)",
	"Tên đăng nhập bên ngoài mà người quản trị ghi khi liên kết, ví dụ preferred_username hoặc email.",
	claim, true),
    FIELD("nhan", "oidc.label", "Chữ trên nút đăng nhập", "Ví dụ: Đăng nhập bằng tài khoản của tỉnh.", label,
	true),
    FIELD("dia-chi", "oidc.base", "Địa chỉ của chương trình này",
	"Địa chỉ mọi người gõ để vào, ví dụ https://namro.xa.example; nơi cấp phải được khai báo địa chỉ này "
	"với "
	"đuôi " OIDC_RETURN_PATH,
	base, true),
    FIELD("tep-ca", "oidc.ca_file", "Tệp chứng thư gốc riêng",
	"Chỉ khi nơi cấp dùng chứng thư của cơ quan: đường dẫn đầy đủ của tệp PEM trên máy chủ, chương trình "
	"đọc được.",
	ca_file, false),
    FIELD("tin-cay", "oidc.trusted", "Dấu hiệu đã xác thực hai lớp ở nơi cấp (amr, acr)",
	"Các từ cách nhau bằng dấu cách, ví dụ mfa otp. Để trống: luôn theo xác thực hai lớp của chương "
	"trình "
	"này.",
	trusted, false),
    {.name = NULL},
};

static const char **
member_of(OidcSettings *settings, const OidcField *field)
{
	return (const char **)(void *)((char *)settings + field->offset);
}

static const char *
default_of(const OidcField *field)
{
	if (strcmp(field->key, "oidc.scopes") == 0)
		return "openid profile";
	if (strcmp(field->key, "oidc.claim") == 0)
		return "preferred_username";
	return strcmp(field->key, "oidc.label") == 0 ? "Đăng nhập bằng tài khoản bên ngoài" : "";
}

bool
oidc_settings_read(const IdentityScope *scope, OidcSettings *ret_settings, GError **error)
{
	g_autofree char *on = NULL;

	*ret_settings = (OidcSettings){0};
	if (!app_setting_get(scope->db, scope->commune_id, KEY_ON, &on, error))
		return false;
	ret_settings->is_on = g_strcmp0(on, "1") == 0;
	for (const OidcField *field = OIDC_FIELDS; field->name != NULL; field++) {
		g_autofree char *value = NULL;

		if (!app_setting_get(scope->db, scope->commune_id, field->key, &value, error))
			return false;
		*member_of(ret_settings, field) =
		    arena_strdup(scope->arena, value != NULL ? value : default_of(field));
	}
	return true;
}

bool
oidc_url_is_allowed(const char *url)
{
	g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_HAS_PASSWORD, NULL);
	const char *host = uri != NULL ? g_uri_get_host(uri) : NULL;

	if (host == NULL || *host == '\0' || g_uri_get_userinfo(uri) != NULL ||
	    g_uri_get_fragment(uri) != NULL)
		return false;
	if (strcmp(g_uri_get_scheme(uri), "https") == 0)
		return true;
	return strcmp(g_uri_get_scheme(uri), "http") == 0 &&
	       (strcmp(host, "127.0.0.1") == 0 || strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0);
}

static bool
has_word(const char *text, const char *word)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	return g_strv_contains((const char *const *)words, word);
}

/* As it is read when somebody signs in: by a server that may have been started anywhere. */
static const char *
check_ca_file(const char *path, Arena *arena)
{
	g_autofree char *text = NULL;

	if (*path == '\0')
		return NULL;
	if (!g_path_is_absolute(path))
		return "Tệp chứng thư gốc riêng: hãy ghi đường dẫn đầy đủ, bắt đầu bằng dấu /.";
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return arena_printf(
		    arena, "Tệp chứng thư gốc riêng: không đọc được %s trên máy chủ này.", path);
	if (strstr(text, "-----BEGIN CERTIFICATE-----") == NULL)
		return arena_printf(
		    arena, "Tệp chứng thư gốc riêng: %s không phải là tệp chứng thư PEM.", path);
	return NULL;
}

const char *
oidc_settings_check(const OidcSettings *settings, Arena *arena)
{
	OidcSettings copy = *settings;
	size_t base_len = strlen(settings->base);

	for (const OidcField *field = OIDC_FIELDS; field->name != NULL; field++) {
		const char *value = *member_of(&copy, field);

		if (strlen(value) > VALUE_BYTES_MAX)
			return arena_printf(arena, "%s: quá dài.", field->label);
		if (settings->is_on && field->is_needed && *value == '\0')
			return arena_printf(arena, "%s: hãy điền trước khi bật.", field->label);
	}
	if (*settings->issuer != '\0' && !oidc_url_is_allowed(settings->issuer))
		return "Địa chỉ nơi cấp phải bắt đầu bằng https:// (http:// chỉ dùng được với chính máy "
		       "này).";
	if (base_len > 0 && (!oidc_url_is_allowed(settings->base) || settings->base[base_len - 1] == '/'))
		return "Địa chỉ của chương trình phải bắt đầu bằng https:// và không có dấu / ở cuối.";
	if (!has_word(settings->scopes, "openid"))
		return "Phạm vi phải có openid.";
	return check_ca_file(settings->ca_file, arena);
}

static bool
set(const IdentityScope *scope, const char *key, const char *value, GError **error)
{
	return app_setting_set(scope->db, scope->commune_id, &scope->actor, scope->now_us, key, value, error);
}

bool
oidc_settings_write(const IdentityScope *scope, const OidcSettings *settings, GError **error)
{
	OidcSettings copy = *settings;
	g_autoptr(DbTxn) txn = NULL;

	if (!db_txn_begin(scope->db, &txn, error) || !set(scope, KEY_ON, settings->is_on ? "1" : "0", error))
		return false;
	for (const OidcField *field = OIDC_FIELDS; field->name != NULL; field++)
		if (!set(scope, field->key, *member_of(&copy, field), error))
			return false;
	return db_txn_commit(txn, error);
}
