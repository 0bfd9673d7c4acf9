/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/script.h"

#include "base/ceilings.h"
#include "reader/pdf/path.h"
#include "reader/pdf/token.h"

#include <math.h>
#include <string.h>

#define OPERANDS_MAX 8 /* a matrix has 6 */
#define CONTEXTS_MAX 32
#define RAW_RULES_MAX (4 * (guint)LIMIT_PAGE_RULES) /* before the pieces of one line are joined */
#define FAR 1e6f                                    /* beyond any page */
#define GLYPHS_MAX 1e6                              /* drawn at once */
#define LINE_WIDTH_DEFAULT 2.0                      /* cairo's own, until a script sets one */

/* Surfaces are known by the number in their names (s12). */
enum { SURFACE_NONE = -1, SURFACE_PAGE = -2 };

typedef struct {
	int surface;
	double line_width;
	double flat_scale, upright_scale; /* of the pen, for flat and for upright lines */
} Context;

/* Groups are drawn apart and painted onto the page at an offset: a rule stands on a surface. */
typedef struct {
	BlockBox box;
	int surface;
} RawRule;

typedef struct {
	int surface; /* SURFACE_NONE: a colour or picture */
	double xx, yx, xy, yy, x0, y0;
} Pattern;

typedef struct {
	TokenCursor cursor;
	ScriptPicture *picture;
	Path path;
	GArray *rules; /* of RawRule */
	double operands[OPERANDS_MAX];
	size_t n_operands;
	Context contexts[CONTEXTS_MAX];
	size_t n_contexts;
	size_t n_lost;     /* contexts above CONTEXTS_MAX */
	int named_surface; /* by the last name */
	int page_alias;    /* the name that the page was given */
	Pattern pending, source;
	bool is_identity; /* the word before was "identity" */
	bool is_target;   /* "/target" was named */
	bool in_pattern;  /* until "set-source" or "mask": matrices and paths belong to a pattern */
} Script;

static const Pattern NO_PATTERN = {SURFACE_NONE, 1, 0, 0, 1, 0, 0};

static Context *
current(Script *script)
{
	return &script->contexts[script->n_contexts - 1];
}

static double
operand(const Script *script, size_t from_last)
{
	return script->n_operands < from_last
		   ? 0
		   : script->operands[(script->n_operands - from_last) % OPERANDS_MAX];
}

static void
add_rule(void *data, BlockBox box)
{
	Script *script = data;
	RawRule rule = {box, current(script)->surface};

	if (script->rules->len < RAW_RULES_MAX)
		g_array_append_val(script->rules, rule);
}

static float
placed(float at, double offset, double scale)
{
	return (float)(((double)at - offset) / scale);
}

/* Moves the rules of one surface onto another, where the pattern puts them. */
static void
paint_surface(Script *script, const Pattern *pattern, int onto)
{
	bool is_upright =
	    fabs(pattern->yx) < 1e-6 && fabs(pattern->xy) < 1e-6 && pattern->xx > 1e-6 && pattern->yy > 1e-6;

	for (guint i = 0; i < script->rules->len; i++) {
		RawRule *rule = &g_array_index(script->rules, RawRule, i);

		if (rule->surface != pattern->surface)
			continue;
		rule->surface = is_upright ? onto : SURFACE_NONE;
		if (!is_upright)
			continue;
		rule->box.left = placed(rule->box.left, pattern->x0, pattern->xx);
		rule->box.right = placed(rule->box.right, pattern->x0, pattern->xx);
		rule->box.top = placed(rule->box.top, pattern->y0, pattern->yy);
		rule->box.bottom = placed(rule->box.bottom, pattern->y0, pattern->yy);
	}
}

static void
do_begin(Script *script)
{
	if (!script->in_pattern)
		path_begin(&script->path);
}

static void
do_move(Script *script)
{
	if (!script->in_pattern)
		path_add(&script->path, operand(script, 2), operand(script, 1), true, false);
}

static void
do_line(Script *script)
{
	if (!script->in_pattern)
		path_add(&script->path, operand(script, 2), operand(script, 1), false, false);
}

static void
do_curve(Script *script)
{
	if (!script->in_pattern)
		path_add(&script->path, operand(script, 2), operand(script, 1), false, true);
}

static void
do_close(Script *script)
{
	if (!script->in_pattern)
		path_close(&script->path);
}

static void
do_rectangle(Script *script)
{
	if (!script->in_pattern)
		path_rectangle(&script->path, operand(script, 4), operand(script, 3), operand(script, 2),
		    operand(script, 1));
}

static void
do_stroke(Script *script)
{
	const Context *context = current(script);

	path_stroke(&script->path, context->line_width * context->flat_scale,
	    context->line_width * context->upright_scale, add_rule, script);
}

static void
do_fill(Script *script)
{
	path_fill(&script->path, add_rule, script);
	if (path_has_curve(&script->path))
		script->picture->n_outlines++;
}

static void
do_paint(Script *script)
{
	if (script->source.surface != SURFACE_NONE)
		paint_surface(script, &script->source, current(script)->surface);
}

static void
do_mask(Script *script)
{
	script->in_pattern = false;
	script->pending = NO_PATTERN;
	do_paint(script);
}

static void
do_line_width(Script *script)
{
	current(script)->line_width = operand(script, 1);
}

static void
do_scale(Script *script)
{
	current(script)->upright_scale = fabs(operand(script, 2));
	current(script)->flat_scale = fabs(operand(script, 1));
}

static void
do_matrix(Script *script)
{
	Context *context = current(script);

	if (script->in_pattern) {
		script->pending = (Pattern){script->pending.surface, operand(script, 6), operand(script, 5),
		    operand(script, 4), operand(script, 3), operand(script, 2), operand(script, 1)};
	} else if (script->is_identity) {
		context->flat_scale = context->upright_scale = 1;
	} else {
		context->upright_scale = hypot(operand(script, 6), operand(script, 4));
		context->flat_scale = hypot(operand(script, 5), operand(script, 3));
	}
}

static void
do_pattern(Script *script)
{
	script->in_pattern = true;
	script->pending = NO_PATTERN;
	script->pending.surface = script->named_surface;
	script->named_surface = SURFACE_NONE;
}

static void
do_gradient(Script *script)
{
	script->in_pattern = true;
	script->pending = NO_PATTERN;
}

static void
do_set_source(Script *script)
{
	script->source = script->pending;
	script->pending = NO_PATTERN;
	script->in_pattern = false;
}

static void
do_surface(Script *script)
{
	script->named_surface = SURFACE_PAGE;
}

/* Of a new surface; its name is given behind. */
static void
do_new(Script *script)
{
	script->named_surface = SURFACE_NONE;
}

static void
do_define(Script *script)
{
	Pattern nowhere = NO_PATTERN;

	if (script->is_target) {
		if (current(script)->surface == SURFACE_PAGE)
			script->page_alias = script->named_surface;
		script->is_target = false;
		return;
	}
	/* What an older surface of this name left unpainted is not seen. */
	nowhere.surface = script->named_surface;
	if (nowhere.surface >= 0)
		paint_surface(script, &nowhere, SURFACE_NONE);
}

static void
do_context(Script *script)
{
	Context context = {script->named_surface, LINE_WIDTH_DEFAULT, 1, 1};

	if (context.surface != SURFACE_NONE && context.surface == script->page_alias)
		context.surface = SURFACE_PAGE;
	if (script->n_contexts >= CONTEXTS_MAX)
		script->n_lost++;
	else
		script->contexts[script->n_contexts++] = context;
	script->in_pattern = false;
	path_begin(&script->path);
}

static void
do_pop(Script *script)
{
	if (script->n_lost > 0) {
		script->n_lost--;
	} else if (script->n_contexts > 1) {
		script->named_surface = current(script)->surface;
		script->n_contexts--;
	}
	path_begin(&script->path);
}

static void
do_glyphs(Script *script)
{
	script->picture->n_glyphs += (size_t)CLAMP(operand(script, 1), 0, GLYPHS_MAX);
}

static void
do_image(Script *script)
{
	script->picture->n_glyphs = 0;
	script->named_surface = SURFACE_NONE;
}

static const struct {
	const char *word;
	void (*run)(Script *script);
} OPERATORS[] = {
    {"l", do_line},
    {"m", do_move},
    {"n", do_begin},
    {"c", do_curve},
    {"h", do_close},
    {"rectangle", do_rectangle},
    {"stroke+", do_stroke},
    {"stroke", do_stroke},
    {"fill+", do_fill},
    {"fill", do_fill},
    {"set-matrix", do_matrix},
    {"scale", do_scale},
    {"set-line-width", do_line_width},
    {"set-source", do_set_source},
    {"paint", do_paint},
    {"mask", do_mask},
    {SCRIPT_GLYPHS, do_glyphs},
    {"pattern", do_pattern},
    {"linear", do_gradient},
    {"radial", do_gradient},
    {"mesh", do_gradient},
    {"image", do_image},
    {"surface", do_surface},
    {"similar", do_new},
    {"record", do_new},
    {"def", do_define},
    {"context", do_context},
    {"pop", do_pop},
};

/* A name, or a word that is one: s12 is a surface. */
static void
take_name(Script *script, const Token *token)
{
	int number = 0;

	if (token->len == 6 && memcmp(token->text, "target", 6) == 0)
		script->is_target = true;
	if (token->len < 2 || token->len > 8 || *token->text != 's')
		return;
	for (size_t i = 1; i < token->len; i++) {
		if (!g_ascii_isdigit(token->text[i]))
			return;
		number = number * 10 + (token->text[i] - '0');
	}
	script->named_surface = number;
}

static void
take_word(Script *script, const Token *token)
{
	size_t i = 0;

	while (i < G_N_ELEMENTS(OPERATORS) &&
	       (*OPERATORS[i].word != *token->text || !token_is(token, OPERATORS[i].word)))
		i++;
	if (i < G_N_ELEMENTS(OPERATORS))
		OPERATORS[i].run(script);
	else
		take_name(script, token);
	script->is_identity = token_is(token, "identity");
	script->n_operands = 0;
}

static bool
run(Script *script)
{
	for (;;) {
		Token token = token_next(&script->cursor);

		switch (token.kind) {
		case TOKEN_END:
			return true;
		case TOKEN_BROKEN:
			return false;
		case TOKEN_NUMBER:
			script->operands[script->n_operands++ % OPERANDS_MAX] = token.number;
			break;
		case TOKEN_NAME:
			take_name(script, &token);
			break;
		case TOKEN_WORD:
			take_word(script, &token);
			break;
		}
	}
}

void
script_picture_init(ScriptPicture *picture)
{
	memset(picture, 0, sizeof(*picture));
	picture->rules = g_array_new(FALSE, FALSE, sizeof(BlockBox));
}

void
script_picture_clear(ScriptPicture *picture)
{
	g_clear_pointer(&picture->rules, g_array_unref);
}

/* False also for what is no number any more after too many scales. */
static bool
is_near(const BlockBox *box)
{
	return fabsf(box->left) < FAR && fabsf(box->top) < FAR && fabsf(box->right) < FAR &&
	       fabsf(box->bottom) < FAR;
}

bool
rules_from_script(const char *text, size_t len, ScriptPicture *picture)
{
	Script script = {.cursor = {text, text + len},
	    .picture = picture,
	    .n_contexts = 1,
	    .named_surface = SURFACE_NONE,
	    .page_alias = SURFACE_NONE,
	    .pending = NO_PATTERN,
	    .source = NO_PATTERN};
	bool is_whole;

	script.contexts[0] = (Context){SURFACE_NONE, LINE_WIDTH_DEFAULT, 1, 1};
	script.rules = g_array_new(FALSE, FALSE, sizeof(RawRule));
	path_init(&script.path);
	is_whole = run(&script);
	for (guint i = 0; i < script.rules->len; i++) {
		const RawRule *rule = &g_array_index(script.rules, RawRule, i);

		if (rule->surface == SURFACE_PAGE && is_near(&rule->box))
			g_array_append_val(picture->rules, rule->box);
	}
	g_array_unref(script.rules);
	path_clear(&script.path);
	return is_whole;
}
