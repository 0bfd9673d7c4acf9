/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/rules.h"

#include <stddef.h>

#define E DIAG_ERROR
#define W DIAG_WARNING
#define I DIAG_INFO

static const LintRule RULES[] = {
    /* what must be filled in */
    {"missing-lead", E, "Thiếu cơ quan chủ trì",
	"Việc không có người chịu trách nhiệm thì không ai làm và không ai báo cáo.", lint_missing_lead},
    {"missing-coordinating", W, "Thiếu cơ quan phối hợp",
	"Cơ quan phối hợp không được nêu tên thì không có trách nhiệm cung cấp số liệu, ý kiến.",
	lint_missing_coordinating},
    {"missing-output", W, "Thiếu sản phẩm đầu ra",
	"Không có sản phẩm thì không có căn cứ để nói việc đã xong.", lint_missing_output},
    {"missing-deadline", E, "Thiếu thời gian thực hiện",
	"Không có thời hạn thì không thể nhắc việc và không thể đánh giá sớm hay muộn.",
	lint_missing_deadline},
    {"missing-target", E, "Chỉ tiêu không có mức phải đạt", "Dòng chỉ tiêu để trống thì không đo được.",
	lint_missing_target},
    {"missing-year", W, "Chỉ tiêu không có mốc thời gian",
	"Không biết năm nào phải đạt thì không biết khi nào chậm.", lint_missing_year},
    {"missing-number", E, "Văn bản chưa có số", "Văn bản được viện dẫn và lưu trữ theo số, ký hiệu.",
	lint_missing_number},
    {"missing-date", E, "Văn bản chưa đủ ngày ban hành",
	"Ngày ban hành quyết định hiệu lực và là mốc để tính thời hạn.", lint_missing_date},
    {"missing-signer", E, "Thiếu người ký", "Văn bản không có người ký thì chưa có giá trị.",
	lint_missing_signer},
    {"missing-recipients", W, "Thiếu nơi nhận",
	"Cơ quan không có tên ở nơi nhận thì không biết mình được giao việc.", lint_missing_recipients},
    {"missing-legal-basis", W, "Thiếu căn cứ", "Kế hoạch phải nói rõ thực hiện chủ trương nào của cấp trên.",
	lint_missing_legal_basis},
    {"missing-reporting", W, "Thiếu chế độ báo cáo",
	"Không có kỳ báo cáo thì không ai biết kế hoạch đến đâu.", lint_missing_reporting},
    {"replaces-unclear", I, "Văn bản bị thay thế dễ nhầm",
	"Hai văn bản cùng số chỉ phân biệt được bằng ngày.", lint_replaces_unclear},
    {NULL, I, NULL, NULL, NULL},
};

const LintRule *
lint_rules(void)
{
	return RULES;
}
