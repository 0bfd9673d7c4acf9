// SPDX-License-Identifier: GPL-3.0-or-later
// Nhập kế hoạch and Rà soát. Both work without this script: it shows how far a file has come, takes files that are
// dropped and tables that are pasted, and turns keys into the links and buttons that are on the page (data-key).
"use strict";

(function () {
  const BYTES_PER_MB = 1024 * 1024;
  const POLL_MS = 1000;
  const KEYS_OFF = "namro-keys-off";

  // ---- sending files ----

  function show(element, isShown) {
    element.hidden = !isShown;
  }

  function fail(text) {
    const place = document.getElementById("nhap-loi");
    place.textContent = text;
    show(place, text !== "");
  }

  // Sends one form; gives the address where it leads, or throws with a reason for the person.
  function send(form, data, onProgress) {
    return new Promise(function (resolve, reject) {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", function (event) {
        if (event.lengthComputable) {
          onProgress(Math.round((100 * event.loaded) / event.total));
        }
      });
      request.addEventListener("load", function () {
        const answer = request.response || {};
        if (request.status === 200 && answer.location) {
          resolve(answer.location);
        } else {
          reject(new Error(answer.problem || answer.error || "Máy chủ không nhận được tệp. Hãy thử lại."));
        }
      });
      request.addEventListener("error", function () {
        reject(new Error("Mất kết nối khi đang gửi. Hãy kiểm tra mạng rồi gửi lại."));
      });
      request.send(data);
    });
  }

  function setUpIntake(form) {
    const input = form.elements.namedItem("tep");
    const text = form.elements.namedItem("van-ban");
    const zone = document.getElementById("vung-tha");
    const button = form.querySelector("button[type=submit]");
    const maxMb = Number(form.dataset.maxMb);
    let pasted = null; // {html, text}: what Word gave with its tables

    function showChosen() {
      const list = document.getElementById("tep-chon");
      list.replaceChildren();
      for (const file of input.files) {
        const line = document.createElement("li");
        line.textContent = `${file.name} (${Math.max(1, Math.round(file.size / 1024)).toLocaleString("vi-VN")} KB)`;
        list.append(line);
      }
      fail("");
    }

    function progress(name, share) {
      show(document.getElementById("nhap-tien-do"), true);
      document.getElementById("nhap-thanh").value = share;
      document.getElementById("nhap-chu").textContent = share < 100 ? `Đang gửi ${name}: ${share} %` : `Đã gửi ${name}`;
    }

    // What is to be sent: one form for each file, so that each has its own reason where it is refused.
    function parts() {
      const forms = [];
      const add = function (name, fill) {
        const data = new FormData();
        // Among them the session's mark, without which no form is taken.
        for (const hidden of form.querySelectorAll("input[type=hidden]")) {
          data.append(hidden.name, hidden.value);
        }
        fill(data);
        if (form.elements.namedItem("nhap-lai").checked) {
          data.append("nhap-lai", "1");
        }
        forms.push({ name, data });
      };
      for (const file of input.files) {
        add(file.name, (data) => data.append("tep", file, file.name));
      }
      if (pasted && text.value === pasted.text) {
        const html = new Blob([pasted.html], { type: "text/html" });
        add("văn bản đã dán", (data) => data.append("tep", html, "van-ban-dan.html"));
      } else if (text.value.trim() !== "") {
        add("văn bản đã dán", (data) => data.append("van-ban", text.value));
      }
      return forms;
    }

    async function sendAll() {
      const forms = parts();
      const reasons = [];
      let location = form.action;
      if (forms.length === 0) {
        fail("Hãy chọn ít nhất một tệp, hoặc dán văn bản kế hoạch vào ô.");
        return;
      }
      for (const file of input.files) {
        if (file.size > maxMb * BYTES_PER_MB) {
          fail(`Tệp “${file.name}” lớn hơn ${maxMb} MB. Hãy bỏ phần không phải là kế hoạch, hoặc quét lại với độ phân giải thấp hơn.`);
          return;
        }
      }
      fail("");
      button.disabled = true;
      for (const part of forms) {
        try {
          progress(part.name, 0);
          location = await send(form, part.data, (share) => progress(part.name, share));
        } catch (error) {
          reasons.push(forms.length > 1 ? `${part.name}: ${error.message}` : error.message);
        }
      }
      button.disabled = false;
      if (reasons.length === 0) {
        window.location.assign(forms.length === 1 ? location : form.action);
        return;
      }
      show(document.getElementById("nhap-tien-do"), false);
      fail(reasons.join(" "));
    }

    for (const hint of form.querySelectorAll("[data-script]")) {
      hint.hidden = false;
    }
    input.addEventListener("change", showChosen);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      sendAll();
    });
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, function (event) {
        event.preventDefault();
        zone.classList.add("is-over");
      });
    }
    zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", function (event) {
      event.preventDefault();
      zone.classList.remove("is-over");
      if (event.dataTransfer.files.length > 0) {
        input.files = event.dataTransfer.files;
        showChosen();
        sendAll();
      }
    });
    text.addEventListener("paste", function (event) {
      const html = event.clipboardData.getData("text/html");
      const plain = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
      if (text.value === "" && /<table/i.test(html)) {
        event.preventDefault();
        text.value = plain;
        pasted = { html: `<!doctype html><meta charset="utf-8">${html}`, text: text.value };
      }
    });
  }

  // ---- waiting for a reading ----

  async function poll(element) {
    try {
      const answer = await fetch(element.dataset.poll, { headers: { Accept: "text/html" } });
      if (!answer.ok) {
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("tien-do");
      if (next.dataset.next) {
        window.location.assign(next.dataset.next);
        return;
      }
      // What has the keyboard's focus is left alone while only the numbers change.
      if (next.innerHTML !== element.innerHTML && !element.contains(document.activeElement)) {
        element.replaceWith(next);
        element = next;
      }
    } catch (error) {
      // the server is away: the next round tells
    }
    if (element.dataset.poll) {
      setTimeout(poll, POLL_MS, element);
    }
  }

  // ---- review ----

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch (error) {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch (error) {
      // lasts for this page
    }
  }

  let isBusy = false;

  // Where the person goes on: what asks to be typed into, else the question.
  function settle() {
    const field = document.querySelector("#ra-soat [data-focus]");
    const mark = document.getElementById("cho-nay");
    const shown = document.querySelector(".review-source rect.is-focus");
    const place = field || document.getElementById("dang-xem");
    for (const element of [mark, shown]) {
      if (element) {
        scrollWithin(element.closest(".card-body"), element);
      }
    }
    place.focus({ preventScroll: true });
    if (field) {
      field.select();
    }
    place.scrollIntoView({ block: "nearest" });
  }

  // Scrolls one pane and not the window.
  function scrollWithin(pane, element) {
    const place = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (place.top < frame.top || place.bottom > frame.bottom) {
      pane.scrollTop += place.top - frame.top - frame.height / 3;
    }
  }

  // Puts the review of another page in the place of this one.
  async function go(url, options) {
    if (isBusy) {
      return;
    }
    isBusy = true;
    try {
      const answer = await fetch(url, options);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById("ra-soat");
      if (!next) {
        window.location.assign(answer.url);
        return;
      }
      const isOpen = document.querySelector(".review-source").open;
      document.getElementById("ra-soat").replaceWith(next);
      document.querySelector(".review-source").open = isOpen;
      if (answer.redirected || !options) {
        history.pushState(null, "", answer.url);
      }
      setUpReviewParts();
      settle();
    } catch (error) {
      window.location.reload();
    } finally {
      isBusy = false;
    }
  }

  function onReviewClick(event) {
    const link = event.target.closest("#ra-soat a[href]");
    if (!link || link.dataset.leave || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) {
      return;
    }
    const href = link.getAttribute("href");
    if (href.startsWith("/ra-soat/")) {
      event.preventDefault();
      go(href);
    }
  }

  function onReviewSubmit(event) {
    const form = event.target.closest("#ra-soat form");
    if (!form) {
      return;
    }
    const data = new URLSearchParams(new FormData(form));
    if (event.submitter && event.submitter.name) {
      data.set(event.submitter.name, event.submitter.value);
    }
    event.preventDefault();
    go(form.getAttribute("action"), { method: "POST", body: data });
  }

  function isTyping(element) {
    return element.matches("textarea, select, input:not([type=checkbox])");
  }

  function press(key) {
    const target = document.querySelector(`#ra-soat [data-key="${key}"]`);
    if (!target || target.disabled) {
      return false;
    }
    if (target.matches("textarea")) {
      target.focus();
      target.select();
    } else {
      target.click();
    }
    return true;
  }

  function onTypingKey(event) {
    if (event.key === "Escape") {
      document.getElementById("dang-xem").focus();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("[data-key=save]") || undefined);
    }
  }

  // The name of the key as the page writes it; "" for those that are not ours.
  function keyOf(event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      return { z: "u", y: "r" }[key] || "";
    }
    if (event.altKey || (key.length === 1 && stored(KEYS_OFF) === "1")) {
      return "";
    }
    return key;
  }

  function onReviewKey(event) {
    const dialog = document.getElementById("tro-giup");
    const key = keyOf(event);
    if (dialog.open || event.defaultPrevented) {
      return;
    }
    if (isTyping(event.target)) {
      onTypingKey(event);
    } else if (key === "?") {
      event.preventDefault();
      dialog.showModal();
    } else if (key === "Enter" && event.target.closest("a, button, summary, input")) {
      // the browser presses what has the focus
    } else if (key !== "" && press(key)) {
      event.preventDefault();
    }
  }

  function setUpReviewParts() {
    const help = document.getElementById("mo-tro-giup");
    help.hidden = false;
    help.addEventListener("click", () => document.getElementById("tro-giup").showModal());
  }

  function setUpReview() {
    const off = document.getElementById("tat-phim");
    off.checked = stored(KEYS_OFF) === "1";
    off.addEventListener("change", () => store(KEYS_OFF, off.checked ? "1" : "0"));
    document.addEventListener("click", onReviewClick);
    document.addEventListener("submit", onReviewSubmit);
    document.addEventListener("keydown", onReviewKey);
    window.addEventListener("popstate", () => window.location.reload());
    setUpReviewParts();
    settle();
  }

  const form = document.getElementById("nhap");
  const progress = document.querySelector("#tien-do[data-poll]");
  if (form) {
    setUpIntake(form);
  }
  if (progress) {
    setTimeout(poll, POLL_MS, progress);
  }
  if (document.getElementById("ra-soat")) {
    setUpReview();
  }
})();
