// SPDX-License-Identifier: GPL-3.0-or-later
// Thêm minh chứng. The form works without this script; with it files are sent in pieces, go on after a broken
// connection or a restart, and are checked by their SHA-256 at the end.
"use strict";

(function () {
  const form = document.getElementById("nop-minh-chung");
  if (!form) {
    return;
  }
  const BYTES_PER_MB = 1024 * 1024;
  const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15000, 30000];
  const UPLOADS = "/minh-chung/tai-len";

  // ---- SHA-256 (FIPS 180-4), piece by piece: the browser's own takes whole files only, and none without TLS ----

  const K = new Uint32Array(64);
  const H = new Uint32Array(8);
  (function () {
    let n = 0;
    for (let candidate = 2; n < 64; candidate += 1) {
      let isPrime = true;
      for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
        isPrime = isPrime && candidate % divisor !== 0;
      }
      if (isPrime) {
        const part = (value) => ((value - Math.floor(value)) * 4294967296) >>> 0;
        if (n < 8) {
          H[n] = part(Math.sqrt(candidate));
        }
        K[n] = part(Math.cbrt(candidate));
        n += 1;
      }
    }
  })();

  class Sha256 {
    constructor() {
      this.state = Uint32Array.from(H);
      this.block = new Uint8Array(64);
      this.words = new Uint32Array(64);
      this.used = 0;
      this.total = 0;
    }

    compress(bytes, start) {
      const w = this.words;
      for (let i = 0; i < 16; i += 1) {
        const at = start + i * 4;
        w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15];
        const y = w[i - 2];
        const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + t1) | 0;
        d = c;
        c = b;
        b = a;
        a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => {
        this.state[i] += value;
      });
    }

    update(bytes) {
      let at = 0;
      this.total += bytes.length;
      if (this.used > 0) {
        at = Math.min(64 - this.used, bytes.length);
        this.block.set(bytes.subarray(0, at), this.used);
        this.used += at;
        if (this.used === 64) {
          this.compress(this.block, 0);
          this.used = 0;
        }
      }
      for (; at + 64 <= bytes.length; at += 64) {
        this.compress(bytes, at);
      }
      if (at < bytes.length) {
        this.block.set(bytes.subarray(at), 0);
        this.used = bytes.length - at;
      }
    }

    finish() {
      const total = this.total;
      const end = new Uint8Array(this.used < 56 ? 64 - this.used : 128 - this.used);
      const view = new DataView(end.buffer);
      end[0] = 0x80;
      view.setUint32(end.length - 8, Math.floor(total / 536870912));
      view.setUint32(end.length - 4, (total * 8) >>> 0);
      this.update(end);
      return Array.from(this.state, (word) => word.toString(16).padStart(8, "0")).join("");
    }
  }

  // ---- talking to the server ----

  class Refused extends Error {} // the server has said why; trying again is no use
  class Away extends Error {} // nobody answers, or is too busy

  function mark(data) {
    const field = form.elements.namedItem("dau-phien");
    if (field) {
      data.append("dau-phien", field.value);
    }
    return data;
  }

  // Sends one request; gives {status, answer}. Throws Refused, Away.
  function ask(method, url, data, upload, onProgress) {
    return new Promise(function (resolve, reject) {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.timeout = 120000;
      if (onProgress) {
        request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
      }
      request.addEventListener("load", function () {
        const answer = request.response || {};
        if (request.status === 200 || request.status === 409) {
          resolve({ status: request.status, answer });
        } else if (request.status === 401) {
          reject(new Refused("Phiên làm việc đã hết. Hãy đăng nhập lại rồi chọn lại tệp: phần đã gửi được giữ lại."));
        } else if (request.status === 503 || request.status === 502 || request.status === 504) {
          reject(new Away());
        } else {
          reject(new Refused(answer.problem || answer.error || "Máy chủ không nhận được tệp. Hãy thử lại."));
        }
      });
      for (const name of ["error", "timeout"]) {
        request.addEventListener(name, () => reject(new Away()));
      }
      request.addEventListener("abort", () => reject(new Refused("Đã hủy.")));
      upload.request = request;
      request.send(data);
    });
  }

  // ---- one file ----

  class Upload {
    constructor(file, line) {
      this.file = file;
      this.line = line;
      this.request = null;
      this.isCancelled = false;
      this.id = null;
      this.offset = 0;
      this.hash = new Sha256();
      this.hashed = 0;
    }

    say(text, offset) {
      this.line.text.textContent = `${this.file.name}: ${text}`;
      if (offset !== undefined) {
        this.line.bar.value = this.file.size > 0 ? (100 * offset) / this.file.size : 100;
      }
    }

    progress(offset) {
      const at = Math.min(offset, this.file.size);
      const mb = (n) => (n / BYTES_PER_MB).toFixed(1).replace(".", ",");
      this.say(`${Math.floor((100 * at) / this.file.size)} % (${mb(at)} trên ${mb(this.file.size)} MB)`, at);
    }

    cancel() {
      this.isCancelled = true;
      if (this.request) {
        this.request.abort();
      }
      if (this.id) {
        fetch(`${UPLOADS}/${this.id}/huy`, { method: "POST", body: mark(new URLSearchParams()), redirect: "manual" });
      }
    }

    // Tries until somebody answers; `before` works out what to ask after a pause.
    async persist(action) {
      for (let tries = 0; ; tries += 1) {
        if (this.isCancelled) {
          throw new Refused("Đã hủy.");
        }
        try {
          return await action(tries > 0);
        } catch (error) {
          if (!(error instanceof Away)) {
            throw error;
          }
          const pause = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
          this.say("mất kết nối, sẽ tự gửi tiếp…");
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    }

    async begin() {
      const data = mark(new URLSearchParams());
      data.append("ten", this.file.name);
      data.append("co", String(this.file.size));
      data.append("sua-doi", String(this.file.lastModified));
      for (const name of ["loai", "tieu-de", "so", "ngay", "doi-tuong"]) {
        const isTitleOfMany = name === "tieu-de" && this.line.isOneOfMany;
        data.append(name, isTitleOfMany ? "" : form.elements.namedItem(name).value);
      }
      const { answer } = await this.persist(() => ask("POST", UPLOADS, data, this));
      this.id = answer.upload;
      this.offset = answer.offset;
      this.pieceBytes = answer.piece_bytes;
    }

    // Counts the file up to an offset; what was sent in an earlier session is read again from this machine's disk.
    async count(end) {
      while (this.hashed < end) {
        const next = Math.min(end, this.hashed + this.pieceBytes);
        let bytes;
        try {
          bytes = new Uint8Array(await this.file.slice(this.hashed, next).arrayBuffer());
        } catch (error) {
          throw new Refused("Không đọc được tệp trên máy này: tệp đã bị đổi hoặc bị xóa. Hãy chọn lại tệp.");
        }
        this.hash.update(bytes);
        this.hashed = next;
      }
    }

    async piece() {
      const start = this.offset;
      const end = Math.min(start + this.pieceBytes, this.file.size);
      const { answer } = await this.persist(async (isAgain) => {
        if (isAgain) {
          // how much of it arrived is for the server to say
          const known = await ask("GET", `${UPLOADS}/${this.id}.json`, null, this);
          if (known.answer.offset !== start) {
            return known;
          }
        }
        const data = mark(new FormData());
        data.append("vi-tri", String(start));
        data.append("manh", this.file.slice(start, end), "manh");
        return ask("POST", `${UPLOADS}/${this.id}`, data, this, (sent) => this.progress(start + Math.min(sent, end - start)));
      });
      this.offset = answer.offset;
    }

    async send() {
      this.say("đang chuẩn bị", 0);
      await this.begin();
      while (this.offset < this.file.size) {
        this.progress(this.offset);
        await this.piece();
        await this.count(Math.min(this.offset, this.file.size));
      }
      await this.count(this.file.size);
      this.say("đang kiểm tra", this.file.size);
      const data = mark(new URLSearchParams());
      data.append("ma-bam", this.hash.finish());
      const done = await this.persist(() => ask("POST", `${UPLOADS}/${this.id}/xong`, data, this));
      if (done.status !== 200) {
        throw new Refused(done.answer.problem || "Máy chủ chưa nhận đủ tệp. Hãy chọn lại tệp để gửi tiếp.");
      }
      this.id = null;
      this.say("đã gửi xong", this.file.size);
      return done.answer.location;
    }
  }

  // ---- the form ----

  const input = document.getElementById("tep");
  const camera = document.getElementById("chup");
  const zone = document.getElementById("vung-tha");
  const list = document.getElementById("tep-gui");
  const button = form.querySelector("button[type=submit]");
  let chosen = [];
  let isSending = false;

  function fail(text) {
    const place = document.getElementById("gui-loi");
    place.textContent = text;
    place.hidden = text === "";
  }

  function size(bytes) {
    return bytes < BYTES_PER_MB
      ? `${Math.max(1, Math.round(bytes / 1024)).toLocaleString("vi-VN")} KB`
      : `${(bytes / BYTES_PER_MB).toFixed(1).replace(".", ",")} MB`;
  }

  function showChosen() {
    list.replaceChildren();
    for (const file of chosen) {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      list.append(line);
    }
    fail("");
  }

  function choose(files) {
    if (!isSending) {
      chosen = [...files];
      showChosen();
    }
  }

  function problemOf(files) {
    const fileMax = Number(form.dataset.fileBytes);
    const left = Number(form.dataset.leftBytes);
    let total = 0;
    for (const file of files) {
      if (file.size > fileMax) {
        return `Tệp “${file.name}” có ${size(file.size)}, lớn hơn mức ${size(fileMax)} cho một tệp. Hãy giảm độ phân giải của ảnh, phim hoặc tách tệp.`;
      }
      total += file.size;
    }
    return total > left ? `Kho minh chứng chỉ còn ${size(left)}, các tệp cần ${size(total)}. Hãy báo người quản trị.` : "";
  }

  function makeLine(isOneOfMany) {
    const line = document.createElement("li");
    const text = document.createElement("div");
    const bar = document.createElement("progress");
    const stop = document.createElement("button");
    line.className = "mb-2";
    bar.max = 100;
    bar.className = "wide-progress";
    bar.setAttribute("aria-label", "Tiến độ gửi tệp");
    stop.type = "button";
    stop.className = "btn btn-sm";
    stop.textContent = "Hủy";
    const row = document.createElement("div");
    row.className = "d-flex flex-wrap gap-2 align-items-center";
    row.append(bar, stop);
    line.append(text, row);
    list.append(line);
    return { text, bar, stop, isOneOfMany };
  }

  async function sendAll() {
    const problem = chosen.length === 0 ? "Hãy chọn ít nhất một tệp." : problemOf(chosen);
    const reasons = [];
    let location = form.action;
    if (problem !== "") {
      fail(problem);
      return;
    }
    fail("");
    isSending = true;
    button.disabled = true;
    list.replaceChildren();
    for (const file of chosen) {
      const line = makeLine(chosen.length > 1);
      const upload = new Upload(file, line);
      line.stop.addEventListener("click", () => upload.cancel());
      try {
        location = await upload.send();
      } catch (error) {
        reasons.push(error.message);
        upload.say(error instanceof Refused ? "không gửi được" : error.message);
      }
      line.stop.remove();
    }
    isSending = false;
    button.disabled = false;
    if (reasons.length === 0) {
      window.location.assign(location);
    } else {
      fail(reasons.join(" "));
    }
  }

  for (const hint of form.querySelectorAll("[data-script]")) {
    hint.hidden = false;
  }
  input.addEventListener("change", () => choose(input.files));
  camera.addEventListener("change", () => choose(camera.files));
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!isSending) {
      sendAll();
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (isSending) {
      event.preventDefault();
    }
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
      choose(event.dataTransfer.files);
    }
  });
})();
