// Makes and uses passkeys. A form with data-passkey is hidden until this has seen that the browser can do it;
// pressing its button asks the device, and then sends the form with what the device answered.
(function () {
  "use strict";
  const device = window.webauthnJSON;
  const isNumber = /^[\d.]+$|:/.test(window.location.hostname); // a passkey belongs to a name, never to an IP address
  if (!device || !device.supported() || isNumber) return;

  const ask = {
    make: async (form) => device.create(passkeyThatSignsInByItself(optionsOf(form))),
    use: async (form) => device.get(optionsOf(form)),
    "sign-in": async (form) => {
      const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
      return device.get((await answer.json()).request_options);
    },
  };

  function optionsOf(form) {
    return JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  }

  function passkeyThatSignsInByItself(options) {
    Object.assign(options.publicKey.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return options;
  }

  document.querySelectorAll("[data-passkey-without]").forEach((words) => { words.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const wrong = form.querySelector("[data-passkey-wrong]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      wrong.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask[form.dataset.passkey](form));
        form.submit();
      } catch (error) {
        wrong.hidden = false;
      }
    });
  });
})();
