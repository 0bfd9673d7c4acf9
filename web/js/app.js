// SPDX-License-Identifier: GPL-3.0-or-later
// The only script of the program; every page works without it. It is loaded in the head, so that a chosen theme is
// set before anything is painted.
"use strict";

(function () {
  const KEY = "namro-theme";

  function storedTheme() {
    try {
      return localStorage.getItem(KEY);
    } catch (error) {
      return null; // storage is switched off
    }
  }

  function systemTheme() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
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
      const current = document.documentElement.getAttribute("data-bs-theme") || systemTheme();
      const next = current === "dark" ? "light" : "dark";
      applyTheme(next);
      try {
        localStorage.setItem(KEY, next);
      } catch (error) {
        // the choice lasts for this page
      }
    });
  }

  const chosen = storedTheme();
  if (chosen === "dark" || chosen === "light") {
    applyTheme(chosen);
  }
  document.addEventListener("DOMContentLoaded", setUpThemeSwitch);
})();
