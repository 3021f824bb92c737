/* A passkey: the device is asked what the form tells, and its answer is sent with the form. Without this script, or in
   a browser without passkeys, the buttons stay away and the other ways to log in remain. */
{
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");

  const listed = (ids) => ids.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) }));

  const toAdd = (told) => ({
    challenge: bytes(told.challenge),
    rp: { id: told.rpId, name: "Toegang" },
    user: { id: bytes(told.userId), name: told.userName, displayName: told.userTitle },
    pubKeyCredParams: [
      { type: "public-key", alg: -7 },
      { type: "public-key", alg: -257 },
    ],
    excludeCredentials: listed(told.allowed),
    authenticatorSelection: { residentKey: "preferred", userVerification: told.verification },
    attestation: "none",
  });

  const toShow = (told) => ({
    challenge: bytes(told.challenge),
    rpId: told.rpId,
    allowCredentials: listed(told.allowed),
    userVerification: told.verification,
  });

  const answer = (found) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[part]) {
        response[part] = text(found.response[part]);
      }
    }
    return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response });
  };

  const ask = async (form) => {
    const told = form.dataset;
    const failed = form.querySelector("[data-mislukt]");
    failed.hidden = true;
    try {
      const found = told.userId
        ? await navigator.credentials.create({ publicKey: toAdd(told) })
        : await navigator.credentials.get({ publicKey: toShow(told) });
      form.elements.namedItem("antwoord").value = answer(found);
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  };

  for (const form of document.querySelectorAll("form[data-challenge]")) {
    if (window.PublicKeyCredential) {
      for (const part of form.querySelectorAll("[data-passkey]")) {
        part.hidden = false;
      }
      for (const other of document.querySelectorAll("[data-zonder-passkey]")) {
        other.hidden = true;
      }
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        ask(form);
      });
    }
  }
}
