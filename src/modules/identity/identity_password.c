/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "base/text.h"
#include "modules/identity/identity_internal.h"

#include <string.h>

#define MADE_LENGTH 16
#define CLASSES 4

/* Without letters that look like others. */
static const char *const MADE_FROM[CLASSES] = {
    "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "+-=_.@#%"};

static unsigned
count_classes(const char *password)
{
	bool has_small = false, has_capital = false, has_digit = false, has_sign = false;

	for (const char *at = password; *at != '\0'; at = text_next(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_isdigit(c))
			has_digit = true;
		else if (g_unichar_isupper(c))
			has_capital = true;
		else if (g_unichar_isalpha(c))
			has_small = true;
		else
			has_sign = true;
	}
	return (unsigned)has_small + has_capital + has_digit + has_sign;
}

const char *
identity_password_check(
    const IdentityRules *rules, const IdentityAccount *account, const char *password, Arena *arena)
{
	int64_t min = account->has_totp ? rules->password_length_totp : rules->password_length;
	g_autofree char *small = g_utf8_strdown(password, -1);

	if (strlen(password) > SECRET_PASSWORD_BYTES_MAX)
		return "Mật khẩu quá dài.";
	if (g_utf8_strlen(password, -1) < min)
		return arena_printf(arena, "Mật khẩu phải có ít nhất %" G_GINT64_FORMAT " ký tự.", min);
	if (!account->has_totp && count_classes(password) < CLASSES)
		return "Mật khẩu phải có chữ thường, chữ hoa, chữ số và ký hiệu.";
	if (account->login != NULL && *account->login != '\0' && strstr(small, account->login) != NULL)
		return "Mật khẩu không được chứa tên đăng nhập.";
	return NULL;
}

void
identity_password_demands(
    const IdentityRules *rules, const IdentityAccount *account, Arena *arena, GPtrArray *demands)
{
	int64_t min = account->has_totp ? rules->password_length_totp : rules->password_length;

	g_ptr_array_add(demands, arena_printf(arena, "Ít nhất %" G_GINT64_FORMAT " ký tự.", min));
	if (!account->has_totp)
		g_ptr_array_add(demands, arena_strdup(arena, "Có chữ thường, chữ hoa, chữ số và ký hiệu."));
	g_ptr_array_add(demands, arena_strdup(arena, "Không chứa tên đăng nhập."));
	g_ptr_array_add(
	    demands, arena_printf(arena, "Không trùng %" G_GINT64_FORMAT " mật khẩu đã dùng gần nhất.",
			 rules->password_history));
	if (account->kind == IDENTITY_ADMIN && rules->admin_password_days > 0)
		g_ptr_array_add(
		    demands, arena_printf(arena,
				 "Tài khoản quản trị đổi mật khẩu ít nhất %" G_GINT64_FORMAT " ngày một lần.",
				 rules->admin_password_days));
}

bool
identity_password_is_old(const IdentityRules *rules, int64_t password_us, int64_t now_us)
{
	return rules->admin_password_days > 0 &&
	       instant_day(now_us) - instant_day(password_us) > rules->admin_password_days;
}

char *
identity_password_make(Arena *arena)
{
	char password[MADE_LENGTH + 1];

	for (uint32_t i = 0; i < MADE_LENGTH; i++) {
		const char *letters = MADE_FROM[i < CLASSES ? i : secret_random_below(CLASSES)];

		password[i] = letters[secret_random_below((uint32_t)strlen(letters))];
	}
	for (uint32_t i = MADE_LENGTH - 1; i > 0; i--) {
		uint32_t other = secret_random_below(i + 1);
		char kept = password[i];

		password[i] = password[other];
		password[other] = kept;
	}
	password[MADE_LENGTH] = '\0';
	return arena_strdup(arena, password);
}
