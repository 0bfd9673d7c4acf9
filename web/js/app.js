// SPDX-License-Identifier: GPL-3.0-or-later
// The only script of the program; every page works without it. It is loaded in the head, so that a chosen theme is
// set before anything is painted.
"use strict";

(function () {
  const THEME_KEY = "namro-theme";
  const MARKED = "is-marked";

  // ---- theme ----

  function storedTheme() {
    try {
      return localStorage.getItem(THEME_KEY);
    } catch (error) {
      return null; // storage is switched off
    }
  }

  function storeTheme(theme) {
    try {
      localStorage.setItem(THEME_KEY, theme);
    } catch (error) {
      // the choice then lasts for this page
    }
  }

  function systemTheme() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function currentTheme() {
    return document.documentElement.getAttribute("data-bs-theme") || systemTheme();
  }

  function applyTheme(theme) {
    document.documentElement.setAttribute("data-bs-theme", theme);
  }

  function setUpThemeSwitch() {
    const button = document.getElementById("theme");
    if (!button) {
      return;
    }
    button.hidden = false;
    button.addEventListener("click", function () {
      const theme = currentTheme() === "dark" ? "light" : "dark";
      applyTheme(theme);
      storeTheme(theme);
    });
  }

  // ---- source view ----
  // A link in one pane leads to an element of the other by its id. Without this script the browser jumps there and
  // :target marks it; with it, both ends are marked, the pane that was clicked stays where it is, and the address is
  // kept so that it can be passed on.

  function clearMarks(view) {
    for (const element of view.querySelectorAll("." + MARKED)) {
      element.classList.remove(MARKED);
    }
  }

  function markPair(view, from, to) {
    clearMarks(view);
    for (const element of [from, to]) {
      if (element) {
        element.classList.add(MARKED);
      }
    }
  }

  // The element that a link stands for: the nearest one that has an id.
  function endOf(link) {
    return link.closest("[id]");
  }

  // The id that a fragment names; "" for one that is not well encoded.
  function idOf(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch (error) {
      return "";
    }
  }

  function partnerOf(view, id) {
    for (const link of view.querySelectorAll('a[href^="#"]')) {
      if (idOf(link.getAttribute("href")) === id) {
        return endOf(link);
      }
    }
    return null;
  }

  function onSourceClick(event) {
    const link = event.target.closest('a[href^="#"]');
    if (!link) {
      return;
    }
    const view = event.currentTarget;
    const hash = link.getAttribute("href"); // an outline on a page image is SVG and has no link.hash
    const target = document.getElementById(idOf(hash));
    if (!target || !view.contains(target)) {
      return;
    }
    event.preventDefault();
    history.replaceState(null, "", hash);
    markPair(view, endOf(link), target);
    target.scrollIntoView({ block: "center" });
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }

  // A page that was opened with #id marks both ends, too.
  function markFromAddress(view) {
    const id = idOf(location.hash);
    const target = id ? document.getElementById(id) : null;
    if (target && view.contains(target)) {
      const partner = partnerOf(view, id);
      markPair(view, target, partner);
      if (partner) {
        partner.scrollIntoView({ block: "center" });
      }
      target.scrollIntoView({ block: "center" });
    }
  }

  function setUpSourceView() {
    for (const view of document.querySelectorAll(".source")) {
      view.addEventListener("click", onSourceClick);
      markFromAddress(view);
    }
  }

  // ---- filters ----
  // A list in a filter that has one is sent as soon as another entry is chosen; the button remains for the others.

  function setUpFilters() {
    for (const form of document.querySelectorAll("form[data-auto-submit]")) {
      form.addEventListener("change", function (event) {
        if (event.target.tagName === "SELECT") {
          form.requestSubmit();
        }
      });
    }
  }

  // ---- menu ----
  // What lies over the page goes away by Esc, by a click beside it, and when the focus moves on.

  function setUpMenu() {
    const menu = document.querySelector(".nav-rest");
    if (!menu) {
      return;
    }
    function closeUnlessInside(event) {
      if (menu.open && event.target instanceof Node && !menu.contains(event.target)) {
        menu.open = false;
      }
    }
    document.addEventListener("click", closeUnlessInside);
    document.addEventListener("focusin", closeUnlessInside);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
  }

  const chosen = storedTheme();
  if (chosen === "dark" || chosen === "light") {
    applyTheme(chosen);
  }
  document.addEventListener("DOMContentLoaded", function () {
    setUpThemeSwitch();
    setUpMenu();
    setUpSourceView();
    setUpFilters();
  });
})();
