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
    /* numbers that contradict one another */
    {"target-conflict", E, "Hai mức khác nhau cho một chỉ tiêu",
	"Đơn vị không biết phải đạt mức nào và báo cáo không thể đúng cả hai.", lint_target_conflict},
    {"target-bound-differs", I, "Một con số khi là tối thiểu, khi là mức đúng",
	"Cách đánh giá đạt hay không đạt sẽ khác nhau.", lint_target_bound_differs},
    {"target-double", W, "Hai mức trong một mốc", "Một mốc chỉ có thể có một mức phải đạt.",
	lint_target_double},
    {"target-range-floor", W, "Mức tối thiểu ghi thành khoảng", "Mức “ít nhất” chỉ có một con số.",
	lint_target_range_floor},
    {"target-weaker-later", W, "Mốc sau thấp hơn mốc trước",
	"Chỉ tiêu phấn đấu không thể thụt lùi theo thời gian.", lint_target_weaker_later},
    {"target-implied-impossible", W, "Chỉ tiêu không thể cùng đạt",
	"Mức của chỉ tiêu này buộc chỉ tiêu kia phải cao hơn mức đã ghi.", lint_target_implied_impossible},
    {"target-overlap", I, "Hai chỉ tiêu gần trùng nội dung",
	"Số liệu của hai chỉ tiêu gần trùng dễ bị lấy lẫn của nhau.", lint_target_overlap},
    {"target-compound", W, "Một chỉ tiêu gộp nhiều việc đo", "Không thể dùng một con số để nói hai kết quả.",
	lint_target_compound},
    {"target-text", W, "Chỉ tiêu không có con số", "Mức bằng chữ thì mỗi người đánh giá một cách.",
	lint_target_text},
    {"denominator-missing", E, "Không rõ phần trăm của khoản nào",
	"Ba phần trăm của hai mẫu số khác nhau là hai số tiền khác nhau.", lint_denominator_missing},
    {"denominator-swapped", E, "Mẫu số không đúng với quy định của cấp trên",
	"Tính sai mẫu số thì kết quả không so được với chỉ tiêu quốc gia.", lint_denominator_swapped},
    {"denominator-undefined", W, "Mẫu số chưa được định nghĩa",
	"Không có danh mục thì không đếm được mẫu số.", lint_denominator_undefined},
    {"denominator-differs", W, "Cùng một việc, hai mẫu số",
	"Số liệu các năm tính trên mẫu số khác nhau thì không so sánh được.", lint_denominator_differs},
    {"unit-missing", W, "Thiếu đơn vị tính", "Con số không có đơn vị thì không biết đang đếm gì.",
	lint_unit_missing},
    {"value-over-100", E, "Tỷ lệ vượt quá 100%", "Tỷ lệ phần trăm của một phần trên tổng không thể quá 100%.",
	lint_value_over_100},
    {NULL, I, NULL, NULL, NULL},
};

const LintRule *
lint_rules(void)
{
	return RULES;
}
