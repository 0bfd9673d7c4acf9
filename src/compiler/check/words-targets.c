/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/words-targets.h"

#include <glib.h>

const ExclusiveUnits WORDS_EXCLUSIVE[] = {
    {{"4g", "5g", "6g", NULL}, 0},
    {{"mam-non", "pho-thong", "giao-duc-thuong-xuyen", "gdnn", NULL}, 0},
    {{"cung-cap", "su-dung", "tai-su-dung", "thuong-xuyen-su-dung", "thanh-thao", "lam-chu", "dao-tao", NULL},
	0},
    {{"phi-dia-gioi", "toan-trinh", "thanh-toan-truc-tuyen", "so-hoa", "truc-tuyen", NULL}, 0},
    {{"nguoi-dan", "dan-so-truong-thanh", "ho-dan", "cbcc", "cbccvc", "hoc-sinh", "giao-vien", "doanh-nghiep",
	 "ho-kinh-doanh", "htx", "giao-dich", "tdp", "csgd", "dang-vien", NULL},
	1},
    {{"ngan-sach-nha-nuoc", "ngan-sach-dia-phuong", "ngan-sach-xa", "grdp", "gdp", "grpp", NULL}, 1},
};
const size_t WORDS_EXCLUSIVE_N = G_N_ELEMENTS(WORDS_EXCLUSIVE);

const char *const WORDS_FALLING[] = {"giam", "cat giam", "thoi gian", "ho ngheo", "qua han", "tre han",
    "chi phi", "phat thai", "ton dong", NULL};

const Implication WORDS_IMPLICATIONS[] = {
    {"su-dung dvctt !ho-dan", "ho-so truc-tuyen !thanh-toan-truc-tuyen", 100,
	"người dân không thể dùng dịch vụ công trực tuyến nhiều hơn số hồ sơ được xử lý trực tuyến"},
    {"dan-so-truong-thanh chu-ky-so", "nguoi-dan chu-ky-so", 60,
	"người trưởng thành chiếm phần lớn dân số, nên tỷ lệ trên toàn dân không thể thấp đến thế"},
    {"cbcc|cbccvc thanh-thao|lam-chu", "cbcc|cbccvc dao-tao", 100,
	"phải được đào tạo trước thì mới thành thạo"},
    {"cbcc|cbccvc thanh-thao|lam-chu", "cbcc|cbccvc kha-nang", 100,
	"người đã thành thạo thì đương nhiên có khả năng ứng dụng"},
    {"thuong-xuyen-su-dung dich-vu-so", "tiep-can dich-vu-so", 100,
	"phải tiếp cận được thì mới thường xuyên sử dụng"},
    {"su-dung 5g !phu-song", "phu-song 5g", 100, "phải có sóng thì mới sử dụng được"},
    {"tai-su-dung so-hoa", "so-hoa ho-so tthc !tai-su-dung", 100, "phải số hóa rồi mới dùng lại được"},
    {"su-dung toan-trinh", "cung-cap toan-trinh !su-dung", 100, "phải cung cấp thì mới có để sử dụng"},
};
const size_t WORDS_IMPLICATIONS_N = G_N_ELEMENTS(WORDS_IMPLICATIONS);

/* Nghị quyết 57-NQ/TW ngày 22/12/2024, mục II.1: R&D 2% of GDP, and at least 3% of the yearly budget spending
 * for science, technology, innovation and digital transformation. */
const BaseNorm WORDS_BASE_NORMS[] = {
    {"nghien cuu phat trien", {"tong chi ngan sach", "ngan sach", NULL},
	"Nghị quyết 57-NQ/TW tính chi cho nghiên cứu phát triển theo GDP (2%), không theo chi ngân sách"},
    {"nghien cuu va phat trien", {"tong chi ngan sach", "ngan sach", NULL},
	"Nghị quyết 57-NQ/TW tính chi cho nghiên cứu và phát triển theo GDP (2%), không theo chi ngân sách"},
    {"chuyen doi so", {"grdp", "gdp", "grpp", NULL},
	"Nghị quyết 57-NQ/TW tính chi cho khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số theo tổng chi "
	"ngân sách "
	"hằng năm (ít nhất 3%), không theo GRDP"},
};
const size_t WORDS_BASE_NORMS_N = G_N_ELEMENTS(WORDS_BASE_NORMS);

const char *const WORDS_MONEY_SHARE[] = {"chi ngan sach", "kinh phi chi", "ty le chi", "ti le chi", "muc chi",
    "bo tri ngan sach", "ngan sach chi", NULL};

const char *const WORDS_BASE[] = {"tong chi", "tren tong", "trong tong", "so voi", "grdp", "gdp", "grpp",
    "tong ngan sach", "tong thu", NULL};

const char *const WORDS_UNDEFINED_BASE[] = {
    "dac thu", "trong diem", "thiet yeu", "uu tien", "tieu bieu", NULL};

const char *const WORDS_COMPOUND_TARGET[] = {" va co ", " va ty le ", " va ti le ", " dong thoi ",
    "cung cap va su dung", " va su dung chu ky so", "; ", NULL};

const char *const WORDS_FLOOR[] = {"it nhat", "toi thieu", "tro len", NULL};

const char *const WORDS_ALL[] = {"toan bo", "tat ca", NULL};
