// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of the pages about work, choosing several rows, and the meeting room. Everything they do can be done with the
// mouse, and without this script.
"use strict";

(function () {
  const KEYS = [
    ["/", "ô tìm kiếm, ô lọc"],
    ["j", "dòng sau"],
    ["k", "dòng trước"],
    ["Enter", "mở dòng đang chọn"],
    ["x", "chọn hoặc bỏ chọn dòng"],
    ["e", "cập nhật"],
    ["Ctrl+S", "lưu biểu mẫu đang nhập"],
    ["←  →", "màn hình trước, sau (Phòng họp)"],
    ["?", "bảng phím tắt này"],
    ["Esc", "đóng, rời ô nhập"],
  ];
  const UNDO_MS = 10000;

  let current = -1;

  function rows() {
    const marked = Array.from(document.querySelectorAll("[data-row]"));
    return marked.length > 0 ? marked : Array.from(document.querySelectorAll("main tbody tr")).filter((row) => row.querySelector("a"));
  }

  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  }

  // The row that has the focus, be it through the mouse or the Tab key; else the last one chosen.
  function currentIndex(all) {
    const focused = all.findIndex((row) => row.contains(document.activeElement));
    return focused >= 0 ? focused : current;
  }

  function focusRow(step) {
    const all = rows();
    if (all.length === 0) {
      return;
    }
    current = Math.min(Math.max(currentIndex(all) + step, 0), all.length - 1);
    const link = all[current].querySelector("a");
    if (link) {
      link.focus();
      all[current].scrollIntoView({ block: "nearest" });
    }
  }

  // The form of the page, or the short one of the row that is chosen, else the row's own page.
  function beginEdit() {
    const field = document.querySelector("[data-edit]");
    const all = rows();
    const row = all[currentIndex(all)];
    const quick = row ? row.querySelector("details") : null;
    if (field) {
      field.focus();
    } else if (quick) {
      quick.open = true;
      quick.querySelector("textarea").focus();
    } else if (row) {
      row.querySelector("a").click();
    }
  }

  function save(event) {
    const inside = document.activeElement ? document.activeElement.closest("form[method=post]") : null;
    const form = inside || document.querySelector("form[data-save]");
    if (form) {
      event.preventDefault();
      form.requestSubmit();
    }
  }

  function search() {
    const field = document.querySelector("main input[type=search]") || document.querySelector("main .filterbar select");
    if (field) {
      field.focus();
    }
    return field !== null;
  }

  // ---- the sheet of keys ----

  function showKeys() {
    let sheet = document.getElementById("phim-tat");
    if (!sheet) {
      sheet = document.createElement("dialog");
      sheet.id = "phim-tat";
      sheet.className = "keys-sheet";
      sheet.setAttribute("aria-label", "Phím tắt");
      const list = document.createElement("dl");
      for (const [key, what] of KEYS) {
        const term = document.createElement("dt");
        const kbd = document.createElement("kbd");
        const text = document.createElement("dd");
        kbd.textContent = key;
        text.textContent = what;
        term.append(kbd);
        list.append(term, text);
      }
      const close = document.createElement("button");
      close.type = "button";
      close.className = "btn";
      close.textContent = "Đóng";
      close.addEventListener("click", () => sheet.close());
      sheet.append(list, close);
      document.body.append(sheet);
    }
    sheet.showModal();
  }

  // ---- several rows ----

  function setUpBulk(form) {
    const boxes = Array.from(form.querySelectorAll("input[name=chon]"));
    const count = form.querySelector(".bulk-count");
    let last = -1;

    function tell() {
      const n = boxes.filter((box) => box.checked).length;
      count.textContent = n > 0 ? ` (${n})` : "";
    }
    form.addEventListener("click", function (event) {
      const at = boxes.indexOf(event.target);
      if (at < 0) {
        return;
      }
      if (event.shiftKey && last >= 0) {
        for (let i = Math.min(at, last); i <= Math.max(at, last); i += 1) {
          boxes[i].checked = boxes[at].checked;
        }
      }
      last = at;
      tell();
    });
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "form-check-input";
    all.setAttribute("aria-label", "Chọn tất cả các dòng trên trang này");
    all.addEventListener("change", function () {
      for (const box of boxes) {
        box.checked = all.checked;
      }
      tell();
    });
    form.querySelector("thead .choose").replaceChildren(all);
    tell();
  }

  // ---- the meeting room: one block a screen ----

  function step(event, word) {
    const link = document.querySelector(`.room a[rel=${word}]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  }

  function onLetter(event) {
    const all = rows();
    const row = all[currentIndex(all)];
    const box = row ? row.querySelector("input[name=chon]") : null;

    if (event.key === "j" || event.key === "k") {
      focusRow(event.key === "j" ? 1 : -1);
    } else if (event.key === "e") {
      event.preventDefault();
      beginEdit();
    } else if (event.key === "x" && box) {
      box.click();
    } else if (event.key === "/") {
      if (search()) {
        event.preventDefault();
      }
    } else if (event.key === "?") {
      showKeys();
    } else if (event.key === "ArrowRight" || event.key === "PageDown") {
      step(event, "next");
    } else if (event.key === "ArrowLeft" || event.key === "PageUp") {
      step(event, "prev");
    }
  }

  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      save(event);
    } else if (event.key === "Escape" && isTyping(event.target)) {
      event.target.blur();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      onLetter(event);
    }
  });
  document.addEventListener("DOMContentLoaded", function () {
    for (const form of document.querySelectorAll("form[data-bulk]")) {
      setUpBulk(form);
    }
    for (const notice of document.querySelectorAll(".undo")) {
      setTimeout(function () {
        notice.hidden = true;
      }, UNDO_MS);
    }
  });
})();
