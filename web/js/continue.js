// SPDX-License-Identifier: GPL-3.0-or-later
// Sends the form of a page that only leads on; without this script, its button does.
"use strict";

document.querySelector("form[data-continue]").requestSubmit();
