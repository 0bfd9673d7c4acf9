// SPDX-License-Identifier: GPL-3.0-or-later
// Keys of the pages about work. Everything they do can be done with the mouse, and without this script.
"use strict";

(function () {
  const KEYS = "j, k: dòng sau, dòng trước · Enter: mở · e: cập nhật · Ctrl+S: lưu · /: ô tìm, ô lọc";
  const UNDO_MS = 10000;

  let current = -1;

  function rows() {
    return Array.from(document.querySelectorAll("[data-row]"));
  }

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function focusRow(step) {
    const all = rows();
    if (all.length === 0) {
      return;
    }
    current = Math.min(Math.max(current + step, 0), all.length - 1);
    const link = all[current].querySelector("a");
    if (link) {
      link.focus();
    }
  }

  // The form of the page, or the short one of the row that is chosen.
  function beginEdit() {
    const field = document.querySelector("[data-edit]");
    const row = rows()[current];
    const quick = row ? row.querySelector("details") : null;
    if (field) {
      field.focus();
    } else if (quick) {
      quick.open = true;
      quick.querySelector("textarea").focus();
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

  function onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      save(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      focusRow(event.key === "j" ? 1 : -1);
    } else if (event.key === "e") {
      event.preventDefault();
      beginEdit();
    } else if (event.key === "/") {
      const field = document.querySelector("main input[type=search], main select");
      if (field) {
        event.preventDefault();
        field.focus();
      }
    } else if (event.key === "?") {
      window.alert(KEYS);
    }
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("DOMContentLoaded", function () {
    for (const notice of document.querySelectorAll(".undo")) {
      setTimeout(function () {
        notice.hidden = true;
      }, UNDO_MS);
    }
  });
})();
