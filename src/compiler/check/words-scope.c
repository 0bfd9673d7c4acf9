/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/words-scope.h"

#include <glib.h>

#define W DIAG_WARNING
#define I DIAG_INFO

/* Luật Tổ chức chính quyền địa phương số 72/2025/QH15 and the laws of each field say who does what; here only
 * what a commune's plan takes over from the plans above it by mistake. */
const ScopeTerm WORDS_SCOPE[] = {
    {{"chu quyen bien", NULL}, W, true,
	"chủ quyền biển, đảo, biên giới là nhiệm vụ của lực lượng chuyên trách và địa phương có biên giới, "
	"biển đảo"},
    {{"chu quyen", "bien gioi", NULL}, W, true,
	"chủ quyền biên giới là nhiệm vụ của lực lượng chuyên trách và địa phương có biên giới"},
    {{"tac chien", NULL}, W, true, "chỉ huy, điều hành tác chiến thuộc lực lượng vũ trang"},
    {{"sua doi", "phap luat", NULL}, I, false,
	"sửa đổi pháp luật thuộc Quốc hội, Chính phủ và các bộ; cấp xã chỉ phản ánh vướng mắc"},
    {{"chi so phat trien con nguoi", NULL}, W, false,
	"chỉ số phát triển con người (HDI) do cơ quan thống kê tính cho cấp tỉnh"},
    {{"hdi", NULL}, W, false, "chỉ số phát triển con người (HDI) do cơ quan thống kê tính cho cấp tỉnh"},
    {{"chi so pci", NULL}, W, false, "chỉ số năng lực cạnh tranh (PCI) tính cho cấp tỉnh"},
    {{"chi so par index", NULL}, W, false, "chỉ số cải cách hành chính (PAR Index) tính cho bộ và cấp tỉnh"},
    {{"grdp", "tang truong", "binh quan", NULL}, I, false, "GRDP do cơ quan thống kê tính cho cấp tỉnh"},
    {{"tren dia ban thanh pho", NULL}, W, true,
	"số liệu, nhiệm vụ trên toàn thành phố do thành phố theo dõi"},
    {{"tren dia ban tinh", NULL}, W, true, "số liệu, nhiệm vụ trên toàn tỉnh do tỉnh theo dõi"},
    {{"trong toan thanh pho", NULL}, W, true, "phạm vi toàn thành phố do thành phố phụ trách"},
    {{"trong toan tinh", NULL}, W, true, "phạm vi toàn tỉnh do tỉnh phụ trách"},
    {{"nhan dan thanh pho", "bo tieu chi", NULL}, I, false,
	"bộ tiêu chí chung của thành phố do thành phố tổ chức thực hiện"},
    {{"pham vi ca nuoc", NULL}, W, true, "phạm vi cả nước do Trung ương phụ trách"},
    {{"chinh sach", "uu dai thue", NULL}, W, false, "chính sách thuế do Quốc hội, Chính phủ quy định"},
    {{"sua doi", "luat", NULL}, I, false, "sửa đổi luật thuộc Quốc hội; cấp xã chỉ phản ánh vướng mắc"},
    {{"quan tri quoc gia", NULL}, W, true, "quản trị quốc gia là nhiệm vụ của Trung ương"},
    {{"dua the che thanh mot loi the", NULL}, I, true, "xây dựng thể chế là nhiệm vụ của Trung ương"},
    {{"chinh phu so", NULL}, I, true,
	"Chính phủ số là nhiệm vụ của Trung ương; cấp xã xây dựng chính quyền số"},
    {{"giao duc nghe nghiep", "dai hoc", NULL}, W, false,
	"trường đại học, cơ sở giáo dục nghề nghiệp không do cấp xã quản lý"},
    {{"tuyen sinh thpt", NULL}, I, false, "trường trung học phổ thông do Sở Giáo dục và Đào tạo quản lý"},
    {{"giay phep lai xe", NULL}, I, false, "giấy phép lái xe do Công an cấp tỉnh cấp"},
    {{"cong chung", "co so du lieu", NULL}, I, false,
	"cơ sở dữ liệu công chứng do Sở Tư pháp xây dựng, quản lý"},
    {{"dinh muc trang thiet bi", NULL}, I, false, "định mức trang thiết bị do bộ, ngành quy định"},
    {{"phu song 6g", NULL}, I, false,
	"mạng 6G chưa được cấp phép, do doanh nghiệp viễn thông và Trung ương quyết định"},
    {{"cum cong nghiep", NULL}, I, false,
	"thành lập cụm công nghiệp thuộc thẩm quyền Ủy ban nhân dân cấp tỉnh"},
    {{"sandbox", NULL}, I, false, "cơ chế thử nghiệm có kiểm soát do Quốc hội, Chính phủ quy định"},
    {{"thu hut fdi", NULL}, I, false, "thu hút đầu tư nước ngoài do cấp tỉnh chủ trì"},
    {{"lao dong nuoc ngoai", NULL}, I, false, "quản lý lao động nước ngoài do Sở Nội vụ chủ trì"},
};
const size_t WORDS_SCOPE_N = G_N_ELEMENTS(WORDS_SCOPE);

/* Sources: Nghị định 42/2022/NĐ-CP; Luật 72/2025/QH15; Nghị quyết 176/2025/QH15; Nghị định 45/2025/NĐ-CP. */
const OutdatedTerm WORDS_OUTDATED[] = {
    {"muc do 3, 4", "mức độ 3, 4", "toàn trình, một phần", "2022-08-15", "15/8/2022",
	"Nghị định 42/2022/NĐ-CP"},
    {"muc do 3 va 4", "mức độ 3 và 4", "toàn trình, một phần", "2022-08-15", "15/8/2022",
	"Nghị định 42/2022/NĐ-CP"},
    {"truc tuyen muc do 4", "trực tuyến mức độ 4", "trực tuyến toàn trình", "2022-08-15", "15/8/2022",
	"Nghị định 42/2022/NĐ-CP"},
    {"truc tuyen muc do 3", "trực tuyến mức độ 3", "trực tuyến một phần", "2022-08-15", "15/8/2022",
	"Nghị định 42/2022/NĐ-CP"},
    {"cap huyen", "cấp huyện", "cấp tỉnh hoặc cấp xã", "2025-07-01", "01/7/2025",
	"Luật số 72/2025/QH15: chính quyền địa phương hai cấp"},
    {"ubnd huyen", "UBND huyện", "UBND xã hoặc UBND tỉnh", "2025-07-01", "01/7/2025",
	"Luật số 72/2025/QH15: chính quyền địa phương hai cấp"},
    {"so thong tin va truyen thong", "Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ", "2025-03-01",
	"01/3/2025", "Nghị định 45/2025/NĐ-CP"},
    {"bo thong tin va truyen thong", "Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ", "2025-03-01",
	"01/3/2025", "Nghị quyết 176/2025/QH15"},
    {"so ke hoach va dau tu", "Sở Kế hoạch và Đầu tư", "Sở Tài chính", "2025-03-01", "01/3/2025",
	"Nghị định 45/2025/NĐ-CP"},
    {"so giao thong van tai", "Sở Giao thông vận tải", "Sở Xây dựng", "2025-03-01", "01/3/2025",
	"Nghị định 45/2025/NĐ-CP"},
    {"so tai nguyen va moi truong", "Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường",
	"2025-03-01", "01/3/2025", "Nghị định 45/2025/NĐ-CP"},
    {"so nong nghiep va phat trien nong thon", "Sở Nông nghiệp và Phát triển nông thôn",
	"Sở Nông nghiệp và Môi trường", "2025-03-01", "01/3/2025", "Nghị định 45/2025/NĐ-CP"},
    {"so lao dong - thuong binh va xa hoi", "Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ", "2025-03-01",
	"01/3/2025", "Nghị định 45/2025/NĐ-CP"},
};
const size_t WORDS_OUTDATED_N = G_N_ELEMENTS(WORDS_OUTDATED);

const char *const WORDS_SECRET[] = {"toi mat", "tuyet mat", "tai lieu mat", "van ban mat", "ho so mat", NULL};
const char *const WORDS_ON_NETWORK[] = {"moi truong so", "moi truong mang", "moi truong dien tu", "so hoa",
    "truc tuyen", "nen tang so", "internet", NULL};
const char *const WORDS_SECRET_HANDLED[] = {"phap luat ve bao ve bi mat", "mang rieng", "mang noi bo",
    "he thong rieng", "khong dua", "khong duoc dua", "khong so hoa", "tru van ban mat", "tru tai lieu mat",
    "tru ho so mat", "tru noi dung mat", "tru tai lieu thuoc", "tru ho so thuoc",
    "khong bao gom tai lieu mat", NULL};

const char *const WORDS_PROGRAMME[] = {"chuong trinh", "de an", "chien luoc", "ke hoach", "nghi quyet", NULL};
