# SPDX-License-Identifier: GPL-3.0-or-later
# A short way to the usual Meson commands. `make demo` and `make check` do everything on a fresh Debian 12.

PORT ?= 8057
PLAN ?=
NOW ?=
PLANS ?=
FUZZ_SECONDS ?= 30
SANITIZE = -Db_sanitize=address,undefined
# Two hundred test programs are linked, and the program is started thousands of times: with all of the debug
# information that is most of a build, with places to fill in at each start it is a fifth of a start.
CHECK = $(SANITIZE) -Db_pie=false -Db_staticpic=false '-Dc_args=-g1 -fno-pie' -Dc_link_args=-no-pie
LINKER = $(if $(shell command -v mold),CC_LD=mold)

C_FILES = $(filter-out %.html.c %.html.h,$(shell git ls-files '*.c' '*.h'))
ANALYSED = $(foreach f,$(filter src/%.c tools/%.c,$(C_FILES)),$(if $(findstring /tests/,$f),,$f))

# cppcheck knows GLib's functions but not all of its macros; leaks are LeakSanitizer's to find.
CPPCHECK = cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --std=c11 --library=gtk \
	--suppress=memleak -Isrc -D'G_DEFINE_QUARK(n,f)=' -D'G_DEFINE_AUTOPTR_CLEANUP_FUNC(t,f)=' -D'G_STATIC_ASSERT(x)=' \
	-D'G_GNUC_PRINTF(a,b)=' -D'G_GNUC_UNUSED=' -D'g_autoptr(T)=T *' -D'g_autofree='

.PHONY: help demo check build build-check build-clang bench fuzz lint-c format clean

help:
	@echo "make demo [PLAN=tệp] [PORT=8057] [NOW=2026-12-15]   cài, dựng, nạp một kế hoạch và mở trang"
	@echo "make check      cài, dựng bằng hai trình biên dịch, chạy mọi kiểm thử"
	@echo "make build      chỉ dựng: build/namro"
	@echo "make bench [PLANS='tệp …']   đo tốc độ và bộ nhớ"
	@echo "make fuzz [FUZZ_SECONDS=30]   thử dữ liệu ngẫu nhiên, mỗi đích một lượt"
	@echo "make lint-c     clang-tidy, cppcheck; make format   clang-format"
	@echo "make clean      xóa các thư mục dựng; giữ demo-data/"

demo:
	@build-aux/install-deps build
	@$(MAKE) --no-print-directory build
	@exec build-aux/demo build/namro $(PORT) "$(PLAN)" "$(NOW)"

check:
	@build-aux/install-deps check
	@$(MAKE) --no-print-directory build-check build-clang
	@exec build-aux/run-tests build-check

# The program as it is installed: no sanitizer, and a warning of a newer compiler stops nobody.
build:
	@test -f build/build.ninja || meson setup build --buildtype=release -Dwerror=false
	@ninja -C build program

# `--wipe` is not needed when options change: meson setup on an existing directory is a no-op.
build-check:
	@test -f build-check/build.ninja || $(LINKER) meson setup build-check $(CHECK)
	@ninja -C build-check

# The second compiler only has to compile the program and its tools: nothing is linked, tests are the first one's.
build-clang:
	@test -f build-clang/build.ninja || CC=clang-14 meson setup build-clang -Doptimization=0 -Ddebug=false
	@ninja -C build-clang -t targets all | sed -n 's/: c_COMPILER$$//p' | grep -Ev '/test-|^(bench|fuzz|tests)/' | xargs ninja -C build-clang

bench: build
	@ninja -C build bench
	@bench/run-compile build $(PLANS)
	@bench/run-readers build
	@bench/run-pages build
	@bench/run-load build

fuzz:
	@build-aux/install-deps fuzz
	@test -f build-fuzz/build.ninja || CC=clang-14 meson setup build-fuzz $(SANITIZE) -Db_lundef=false -Dfuzz=true
	@ninja -C build-fuzz
	@build-aux/run-fuzz build-fuzz $(FUZZ_SECONDS)

lint-c:
	@build-aux/install-deps lint
	@$(MAKE) --no-print-directory build-clang
	clang-format-14 --dry-run --Werror $(C_FILES)
	clang-tidy-14 --quiet -p build-clang $(ANALYSED)
	$(CPPCHECK) $(ANALYSED)

format:
	clang-format-14 -i $(C_FILES)

clean:
	rm -rf build build-check build-clang build-fuzz
