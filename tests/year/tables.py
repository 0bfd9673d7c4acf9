# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be seen in the year: made by hand from the two plans, the steps and the rules; never copied from the program."""

NOT_YET, WAITING, DONE, REPORTED = "Chưa thực hiện", "Chờ nghiệm thu", "Hoàn thành đúng hạn", "Đã báo cáo"
LATER = "Hoàn thành đúng hạn đã gia hạn"

# The line of each piece at the end of each month: what is new, or says something else than the month before. None: it is
# no longer there. In September the second plan has taken over: the report is its task 4, the wifi its task 5.
STATES = (
    ("01-31", {"1": "Còn 15 ngày", "2": NOT_YET, "3": NOT_YET, "4": NOT_YET, "5 Quý I/2026": NOT_YET,
               "6 Quý I/2026": NOT_YET}),
    ("02-28", {"1": DONE}),
    ("03-31", {"2": DONE, "5 Quý I/2026": REPORTED, "6 Quý I/2026": WAITING}),
    ("04-30", {"6 Quý I/2026": REPORTED, "5 Quý II/2026": NOT_YET, "6 Quý II/2026": NOT_YET}),
    ("05-31", {"3": "Còn 30 ngày", "5 Quý II/2026": "Còn 30 ngày", "6 Quý II/2026": "Còn 30 ngày"}),
    ("06-30", {"3": "Còn 20 ngày", "5 Quý II/2026": "Hạn cuối hôm nay", "6 Quý II/2026": REPORTED}),
    ("07-31", {"3": LATER, "5 Quý II/2026": "Đã báo cáo, trễ 3 ngày", "5 Quý III/2026": NOT_YET,
               "6 Quý III/2026": NOT_YET}),
    ("08-31", {"4": "Còn 30 ngày", "5 Quý III/2026": "Còn 30 ngày", "6 Quý III/2026": "Còn 30 ngày"}),
    ("09-30", {"4": None, "5": "Còn 16 ngày", "6": NOT_YET,
               "5 Quý I/2026": None, "5 Quý II/2026": None, "5 Quý III/2026": None,
               "4 Quý I/2026": REPORTED, "4 Quý II/2026": "Đã báo cáo, trễ 3 ngày", "4 Quý III/2026": WAITING,
               "6 Quý I/2026": None, "6 Quý II/2026": None, "6 Quý III/2026": None}),
    ("10-31", {"5": "Quá hạn 15 ngày", "4 Quý III/2026": REPORTED, "4 Quý IV/2026": NOT_YET}),
    ("11-30", {"5": "Hoàn thành quá hạn 35 ngày", "6": "Còn 15 ngày"}),
    ("12-31", {"4 Quý IV/2026": "Hạn cuối hôm nay", "6": "Quá hạn 16 ngày"}),
)

# What the list of tasks says of each task, in the same way.
TASKS = (
    ("01-31", {"1": "Còn 15 ngày", "2": NOT_YET, "3": NOT_YET, "4": NOT_YET, "5": "Kỳ tới: 31/3/2026",
               "6": "Kỳ tới: 31/3/2026"}),
    ("02-28", {"1": DONE}),
    ("03-31", {"2": DONE, "5": REPORTED, "6": "Kỳ 31/3/2026 chờ nghiệm thu"}),
    ("04-30", {"5": "Kỳ tới: 30/6/2026", "6": "Kỳ tới: 30/6/2026"}),
    ("05-31", {"3": "Còn 30 ngày"}),
    ("06-30", {"3": "Còn 20 ngày", "6": REPORTED}),
    ("07-31", {"3": LATER, "5": "Kỳ tới: 30/9/2026", "6": "Kỳ tới: 30/9/2026"}),
    ("08-31", {"4": "Còn 30 ngày"}),
    ("09-30", {"4": "Kỳ 30/9/2026 chờ nghiệm thu", "5": "Còn 16 ngày", "6": NOT_YET}),
    ("10-31", {"4": "Kỳ tới: 31/12/2026", "5": "Quá hạn 15 ngày"}),
    ("11-30", {"5": "Hoàn thành quá hạn 35 ngày", "6": "Còn 15 ngày"}),
    ("12-31", {"6": "Quá hạn 16 ngày"}),
)

# The figures of the first page, but for those that are nought; with what stands below them where it says a number or a day.
# (12-31: the last of the year's tasks is late; the indicator has no year, so it has no row of a year.)
FIGURES = (
    ("01-31", {"Trong hạn": "3", "Sắp đến hạn": "1, gần nhất: 15/02/2026", "Định kỳ": "1", "Thường xuyên": "1"}),
    ("02-28", {"Hoàn thành": "1, 1 đúng hạn, 0 quá hạn", "Trong hạn": "3", "Định kỳ": "1", "Thường xuyên": "1"}),
    ("03-31", {"Hoàn thành": "2, 2 đúng hạn, 0 quá hạn", "Trong hạn": "2", "Định kỳ": "1", "Thường xuyên": "1"}),
    ("04-30", {"Hoàn thành": "2, 2 đúng hạn, 0 quá hạn", "Trong hạn": "2", "Định kỳ": "1", "Thường xuyên": "1"}),
    ("05-31", {"Hoàn thành": "2, 2 đúng hạn, 0 quá hạn", "Trong hạn": "1", "Sắp đến hạn": "1, gần nhất: 30/6/2026",
               "Định kỳ": "1", "Thường xuyên": "1"}),
    ("06-30", {"Hoàn thành": "2, 2 đúng hạn, 0 quá hạn", "Trong hạn": "1", "Sắp đến hạn": "1, gần nhất: 20/7/2026",
               "Định kỳ": "1", "Thường xuyên": "1"}),
    ("07-31", {"Hoàn thành": "3, 3 đúng hạn, 0 quá hạn", "Trong hạn": "1", "Định kỳ": "1", "Thường xuyên": "1"}),
    ("08-31", {"Hoàn thành": "3, 3 đúng hạn, 0 quá hạn", "Sắp đến hạn": "1, gần nhất: 30/9/2026", "Định kỳ": "1",
               "Thường xuyên": "1"}),
    ("09-30", {"Hoàn thành": "3, 3 đúng hạn, 0 quá hạn", "Trong hạn": "1", "Sắp đến hạn": "1, gần nhất: 16/10/2026",
               "Định kỳ": "1"}),
    ("10-31", {"Hoàn thành": "3, 3 đúng hạn, 0 quá hạn", "Trong hạn": "1", "Quá hạn": "1, lâu nhất: 15 ngày",
               "Định kỳ": "1"}),
    ("11-30", {"Hoàn thành": "4, 3 đúng hạn, 1 quá hạn", "Sắp đến hạn": "1, gần nhất: 15/12/2026", "Định kỳ": "1"}),
    ("12-31", {"Hoàn thành": "4, 3 đúng hạn, 1 quá hạn", "Quá hạn": "1, lâu nhất: 16 ngày", "Định kỳ": "1"}),
)

# Money by plan and task: estimate, allocation, disbursement in million đồng. The wifi (task 4 of the first plan, 5 of the second)
# takes its money along; the second plan has no task 6, whose money stays where it is, also its last bill in December.
MONEY = (
    ("01-31", {}),
    ("02-28", {"1/4": "140 0 0", "1/6": "20 0 0"}),
    ("03-31", {"1/4": "140 100 0", "1/6": "20 20 0"}),
    ("04-30", {}),
    ("05-31", {}),
    ("06-30", {"1/6": "20 20 12"}),
    ("07-31", {}),
    ("08-31", {"1/4": "140 100 60"}),
    ("09-30", {"1/4": None, "1/6": "20 20 12, kế hoạch cũ", "2/5": "140 100 60"}),
    ("10-31", {"2/5": "140 100 100"}),
    ("11-30", {}),
    ("12-31", {"1/6": "20 20 17, kế hoạch cũ"}),
)

# Where progress, money and product disagree: differences of more than 40 points, money without a product from half of what was
# allocated on. In April one quarter of two is done; in September the wifi is at 50 % against 60 %, in October against all.
NO_PRODUCT = "Đã giải ngân %s đồng (%d %% phân bổ) mà chưa có sản phẩm nào được nghiệm thu."
FINDINGS = (
    ("01-31", {}),
    ("02-28", {}),
    ("03-31", {"1/6 lech-tien-do": "Tiến độ 100 %, giải ngân 0 % phân bổ."}),
    ("04-30", {"1/6 lech-tien-do": "Tiến độ 50 %, giải ngân 0 % phân bổ."}),
    ("05-31", {}),
    ("06-30", {"1/6 lech-tien-do": None}),
    ("07-31", {}),
    ("08-31", {"1/4 lech-tien-do": "Tiến độ 0 %, giải ngân 60 % phân bổ.",
               "1/4 giai-ngan-khong-san-pham": NO_PRODUCT % ("60.000.000", 60)}),
    ("09-30", {"1/4 lech-tien-do": None, "1/4 giai-ngan-khong-san-pham": None,
               "2/5 giai-ngan-khong-san-pham": NO_PRODUCT % ("60.000.000", 60)}),
    ("10-31", {"2/5 lech-tien-do": "Tiến độ 50 %, giải ngân 100 % phân bổ.",
               "2/5 giai-ngan-khong-san-pham": NO_PRODUCT % ("100.000.000", 100)}),
    ("11-30", {"2/5 lech-tien-do": None, "2/5 giai-ngan-khong-san-pham": None}),
    ("12-31", {}),
)

# The ladder that the program brings along: which rung of which task is told to whom on which day.
#
# To whom. Nobody is named for a piece but Lý for task 3, from 02/02 on; so "the person" is the head of the unit: Phạm (office),
# Lê (culture), Ngô (police), Đỗ (economy), Bùi (service centre; from 03/08 on it is part of the office: Phạm). The standing
# agency: Lê and Vũ. The leader: Trần.
#
# When. Before the due day: 7 days, 3 days, 1 working day. Late: 1 day; 5 and 10 working days. No entry for 30 and 45 days.
# Waiting for acceptance for 5 working days. Of rungs that a piece has passed while it was not open only the highest speaks:
# task 1 came back on 09/02. Tết (16 to 19/02), 26 and 27/04, 30/04, 01/05, 31/08 to 02/09 are not worked, the Saturdays 10/01
# and 22/08 are. A month's updates close on the 10th of the next month, also where that is not worked; they are asked for 3
# working days before and on the day.
REMINDERS = """
02-04 2 Chưa cập nhật 30 ngày: Lê
02-04 4 Chưa cập nhật 30 ngày: Đỗ
02-04 5 Chưa cập nhật 30 ngày: Bùi
02-04 6 Chưa cập nhật 30 ngày: Lê
02-05 - Còn 2 việc chưa cập nhật tháng 1/2026: Lê
02-05 - Còn 1 việc chưa cập nhật tháng 1/2026: Lý Đỗ Bùi
02-10 1 Còn 5 ngày: Phạm
02-10 - Còn 2 việc chưa cập nhật tháng 1/2026: Lê
02-10 - Còn 1 việc chưa cập nhật tháng 1/2026: Lý Ngô Đỗ Bùi
02-19 2 Chưa cập nhật 45 ngày: Lê Vũ
02-19 4 Chưa cập nhật 45 ngày: Đỗ Lê Vũ
02-19 5 Chưa cập nhật 45 ngày: Bùi Lê Vũ
02-19 6 Chưa cập nhật 45 ngày: Lê Vũ
03-04 3 Chưa cập nhật 30 ngày: Lý
03-05 - Còn 2 việc chưa cập nhật tháng 2/2026: Lê
03-05 - Còn 1 việc chưa cập nhật tháng 2/2026: Lý Đỗ Bùi
03-10 - Còn 2 việc chưa cập nhật tháng 2/2026: Lê
03-10 - Còn 1 việc chưa cập nhật tháng 2/2026: Lý Ngô Đỗ Bùi
03-19 3 Chưa cập nhật 45 ngày: Ngô Lê Vũ
03-24 2 Còn 7 ngày: Lê
03-24 5 Còn 7 ngày: Bùi
03-24 6 Còn 7 ngày: Lê
03-28 6 Còn 3 ngày: Lê
03-30 6 Còn 1 ngày: Lê
04-07 - Còn 1 việc chưa cập nhật tháng 3/2026: Lý Đỗ
04-10 - Còn 1 việc chưa cập nhật tháng 3/2026: Lý Ngô Đỗ
05-01 5 Chưa cập nhật 30 ngày: Bùi
05-01 6 Chưa cập nhật 30 ngày: Lê
05-06 - Còn 1 việc chưa cập nhật tháng 4/2026: Lý Đỗ Bùi Lê
05-10 - Còn 1 việc chưa cập nhật tháng 4/2026: Lý Ngô Đỗ Bùi Lê
05-16 5 Chưa cập nhật 45 ngày: Bùi Lê Vũ
05-16 6 Chưa cập nhật 45 ngày: Lê Vũ
06-05 - Còn 1 việc chưa cập nhật tháng 5/2026: Lý Đỗ Bùi Lê
06-10 - Còn 1 việc chưa cập nhật tháng 5/2026: Lý Ngô Đỗ Bùi Lê
06-23 5 Còn 7 ngày: Bùi
06-23 6 Còn 7 ngày: Lê
06-27 5 Còn 3 ngày: Bùi
06-27 6 Còn 3 ngày: Lê
06-29 5 Còn 1 ngày: Bùi
06-29 6 Còn 1 ngày: Lê
07-01 5 Quá hạn 1 ngày: Bùi
07-07 - Còn 1 việc chưa cập nhật tháng 6/2026: Lý Đỗ
07-10 - Còn 1 việc chưa cập nhật tháng 6/2026: Lý Ngô Đỗ
07-13 3 Còn 7 ngày: Lý
07-31 5 Chưa cập nhật 30 ngày: Bùi
07-31 6 Chưa cập nhật 30 ngày: Lê
08-05 - Còn 1 việc chưa cập nhật tháng 7/2026: Đỗ Phạm Lê
08-10 - Còn 1 việc chưa cập nhật tháng 7/2026: Đỗ Phạm Lê
08-15 5 Chưa cập nhật 45 ngày: Phạm Lê Vũ
08-15 6 Chưa cập nhật 45 ngày: Lê Vũ
09-07 - Còn 1 việc chưa cập nhật tháng 8/2026: Đỗ Phạm Lê
09-10 - Còn 1 việc chưa cập nhật tháng 8/2026: Đỗ Phạm
09-23 4 Còn 7 ngày: Phạm
09-27 4 Còn 3 ngày: Phạm
09-29 4 Còn 1 ngày: Phạm
10-07 4 Chờ nghiệm thu 7 ngày: Lê Vũ
10-07 6 Chưa cập nhật 30 ngày: Đỗ
10-07 - Còn 1 việc chưa cập nhật tháng 9/2026: Đỗ
10-09 5 Còn 7 ngày: Đỗ
10-10 - Còn 1 việc chưa cập nhật tháng 9/2026: Đỗ
10-13 5 Còn 3 ngày: Đỗ
10-15 5 Còn 1 ngày: Đỗ
10-15 5 Chưa cập nhật 30 ngày: Đỗ
10-17 5 Quá hạn 1 ngày: Đỗ
10-22 6 Chưa cập nhật 45 ngày: Đỗ Lê Vũ
10-23 5 Quá hạn 7 ngày: Đỗ Lê Vũ
10-30 5 Quá hạn 14 ngày: Đỗ Lê Vũ Trần
10-30 5 Chưa cập nhật 45 ngày: Đỗ Lê Vũ
10-31 4 Chưa cập nhật 30 ngày: Phạm
11-05 - Còn 2 việc chưa cập nhật tháng 10/2026: Đỗ
11-05 - Còn 1 việc chưa cập nhật tháng 10/2026: Phạm
11-10 - Còn 2 việc chưa cập nhật tháng 10/2026: Đỗ
11-10 - Còn 1 việc chưa cập nhật tháng 10/2026: Phạm
11-15 4 Chưa cập nhật 45 ngày: Phạm Lê Vũ
12-07 - Còn 1 việc chưa cập nhật tháng 11/2026: Đỗ Phạm
12-08 6 Còn 7 ngày: Đỗ
12-10 - Còn 1 việc chưa cập nhật tháng 11/2026: Đỗ Phạm
12-12 6 Còn 3 ngày: Đỗ
12-14 6 Còn 1 ngày: Đỗ
12-16 6 Quá hạn 1 ngày: Đỗ
12-22 6 Quá hạn 7 ngày: Đỗ Lê Vũ
12-24 4 Còn 7 ngày: Phạm
12-28 4 Còn 3 ngày: Phạm
12-29 6 Quá hạn 14 ngày: Đỗ Lê Vũ Trần
12-30 4 Còn 1 ngày: Phạm
"""

# What happened to pieces that the second plan took over, by their place in it, as words of their entries.
HISTORIES = {
    "1": "open update submit issue return submit accept carry",
    "3": "open assign ask-extension decide submit accept carry",
    "4 Quý III/2026": "open carry submit accept",
    "5": "open carry update submit accept",
    "6": "open",
}


def reminders():
    """(day, task or "-", words, surname): one for each message."""
    said = []
    for line in REMINDERS.strip().splitlines():
        left, _, names = line.rpartition(": ")
        day, task, words = left.split(" ", 2)
        said += [(day, task, words, name) for name in names.split()]
    return said
