// Covers the page while the session is locked, and opens it again without leaving it: what was typed stays in the
// fields, and is stored nowhere. The server knows when somebody was last there, in whichever window; this asks it.
(function () {
  "use strict";
  const place = document.querySelector("[data-lock]");
  if (!place) return;
  document.body.append(place);

  const find = (name) => place.querySelector(`[data-lock-${name}]`);
  const { here, unlock, whose } = place.dataset;
  const warning = find("warning");
  const WARNING = Number(place.dataset.warning) * 1000;
  const EVERY = Number(place.dataset.every) * 1000;
  const ASK_EVERY = 10000;
  const UNREACHED = "The service cannot be reached. Wait a minute, then try again.";
  let dialog = null;
  let form = null;
  let wrong = null;
  let locksAt = Date.now() + Number(place.dataset.seconds) * 1000;
  let asked = 0; // when the server was last asked
  let told = Date.now(); // when it last heard of a person: this page was asked for by one
  let canStay = true;
  let covered = false;
  let title = "";
  let filledIn = "";
  let focused = null;

  async function talk(address, fields) {
    const csrfmiddlewaretoken = place.querySelector("input[name=csrfmiddlewaretoken]").value;
    const body = fields && new URLSearchParams({ csrfmiddlewaretoken, ...fields });
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers, redirect: "manual", cache: "no-store" });
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return isOurs ? answer.json() : { gone: answer.type === "opaqueredirect" };
  }

  async function ask(fields) {
    asked = Date.now();
    try {
      heed(await talk(here, fields));
    } catch (error) {
      // Not to be reached: what is covered stays so, and what is open is covered in time.
    }
  }

  function heed(said) {
    if (said.gone || (said.whose && said.whose !== whose)) {
      cover();
      show(find("open"), false);
      show(find("gone"), true);
    } else if (said.locked) {
      cover();
      show(find("why"), said.can_stay !== false);
      show(find("why-day"), said.can_stay === false);
      offer(said.ways);
      fillIn(said.demo_code);
    } else if (said.whose) {
      locksAt = Date.now() + said.seconds * 1000;
      canStay = said.can_stay;
      if (said.csrf) document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = said.csrf; });
      uncover();
    }
  }

  function show(element, yes) {
    element.hidden = !yes;
  }

  function offer(ways) {
    show(find("open"), true);
    show(find("gone"), false);
    if (!ways) return;
    const byName = !/^[\d.]+$|:/.test(window.location.hostname); // a passkey belongs to a name, never to a number
    const device = window.webauthnJSON;
    show(find("passkey"), ways.passkey && byName && device && device.supported());
    show(field("code"), ways.code);
    if (ways.password) show(field("password"), true);
    show(find("recovery"), ways.code && !ways.password);
  }

  // In the demo nobody has a phone.
  function fillIn(code) {
    const input = form.elements.code;
    if (!code || (input.value && input.value !== filledIn)) return;
    input.value = filledIn = code;
    show(find("demo"), true);
  }

  function field(name) {
    return place.querySelector(`[data-lock-field=${name}]`);
  }

  function makeDialog() {
    place.append(place.querySelector("template").content.cloneNode(true));
    dialog = place.querySelector("dialog");
    form = find("form");
    wrong = find("wrong");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send({ password: form.elements.password.value, code: form.elements.code.value });
      form.elements.code.select();
    });
    find("passkey").addEventListener("click", usePasskey);
    find("with-recovery").addEventListener("click", () => {
      show(field("password"), true);
      show(find("recovery"), false);
      form.elements.password.focus();
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
  }

  function cover() {
    if (covered) return;
    makeDialog();
    covered = true;
    title = document.title;
    focused = document.activeElement;
    document.title = "Locked";
    document.documentElement.classList.add("is-locked");
    show(warning, false);
    dialog.showModal();
    place.querySelector("#lock-heading").focus();
  }

  function uncover() {
    if (!covered) return;
    covered = false;
    document.title = title;
    document.documentElement.classList.remove("is-locked");
    dialog.remove();
    if (focused) focused.focus();
  }

  function warn(left) {
    const words = left > 90000 ? `${Math.round(left / 60000)} minutes` : left > 45000 ? "one minute" : "less than a minute";
    show(find("idle"), canStay);
    show(find("day"), !canStay);
    show(find("stay"), canStay);
    place.querySelectorAll("[data-lock-left]").forEach((span) => { if (span.textContent !== words) span.textContent = words; });
    show(warning, true);
  }

  function tick() {
    const left = locksAt - Date.now();
    if (covered) {
      if (document.visibilityState === "visible" && Date.now() - asked > ASK_EVERY) ask();
      if (!dialog.open) dialog.showModal();
    } else if (left <= 0) {
      cover();
      offer();
      ask();
    } else if (left <= WARNING) {
      if (Date.now() - asked > ASK_EVERY) ask();
      warn(left);
    } else {
      show(warning, false);
    }
  }

  async function send(fields) {
    wrong.textContent = "";
    try {
      const said = await talk(unlock, fields);
      if (said.gone || "locked" in said) heed(said);
      else wrong.textContent = said.wrong || UNREACHED;
    } catch (error) {
      wrong.textContent = UNREACHED;
    }
  }

  async function usePasskey() {
    try {
      const { request_options: options } = await talk(unlock);
      send({ credential: JSON.stringify(await window.webauthnJSON.get(options)) });
    } catch (error) {
      wrong.textContent = "The passkey was not used. Try again, or type a code.";
    }
  }

  function stay() {
    told = Date.now();
    ask({ here: "yes" });
  }

  find("stay").addEventListener("click", stay);
  ["keydown", "pointerdown"].forEach((kind) => {
    document.addEventListener(kind, (event) => {
      // Whoever types a long note asks for no page, and is there all the same.
      if (event.isTrusted && !covered && Date.now() - told > EVERY) stay();
    }, { capture: true, passive: true });
  });
  document.addEventListener("visibilitychange", tick);
  window.addEventListener("focus", tick);
  window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  document.addEventListener("lock:ask", () => ask()); // another script was told that the session is not open
  window.setInterval(tick, 1000);
})();
