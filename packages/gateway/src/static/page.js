// The page's script: hands passkey questions to the browser and sends decisions. It writes text only,
// never markup, and stores nothing.
(() => {
  const csrf = document.querySelector('meta[name="adjutant-csrf"]')?.content ?? '';

  async function send(path, body) {
    const response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'x-adjutant-csrf': csrf },
      body: JSON.stringify(body),
    });
    const answer = await response.json().catch(() => null);
    if (response.ok && answer !== null) return answer;
    const { message = 'The page did not answer.', hint = 'Is "adjutant serve" still running?' } =
      answer?.error ?? {};
    throw new Error(hint === null ? message : `${message} ${hint}`);
  }

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
  const withBytes = (list) => (list ?? []).map((item) => ({ ...item, id: toBytes(item.id) }));

  // Browsers since 2025 read and write these forms themselves; the rest is for older ones.
  function creationOptions(options) {
    if (PublicKeyCredential.parseCreationOptionsFromJSON !== undefined) {
      return PublicKeyCredential.parseCreationOptionsFromJSON(options);
    }
    const user = { ...options.user, id: toBytes(options.user.id) };
    const excludeCredentials = withBytes(options.excludeCredentials);
    return { ...options, user, excludeCredentials, challenge: toBytes(options.challenge) };
  }

  function requestOptions(options) {
    if (PublicKeyCredential.parseRequestOptionsFromJSON !== undefined) {
      return PublicKeyCredential.parseRequestOptionsFromJSON(options);
    }
    const allowCredentials = withBytes(options.allowCredentials);
    return { ...options, allowCredentials, challenge: toBytes(options.challenge) };
  }

  function credentialToJson(credential) {
    const { id, type, response } = credential;
    const shown = { clientDataJSON: toText(response.clientDataJSON) };
    for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (response[name] instanceof ArrayBuffer) shown[name] = toText(response[name]);
    }
    if (response.getTransports !== undefined) shown.transports = response.getTransports();
    return { id, rawId: id, type, clientExtensionResults: {}, response: shown };
  }

  async function usePasskey({ challengeId, options }) {
    if (window.PublicKeyCredential === undefined) {
      throw new Error('This browser has no passkeys. Open the page in another one.');
    }
    const publicKey = requestOptions(options);
    const credential = await navigator.credentials.get({ publicKey });
    return { challengeId, response: credentialToJson(credential) };
  }

  function wordsOf(error) {
    if (error.name === 'NotAllowedError') {
      return 'The passkey was not used: it was cancelled, or the time was over. Nothing was decided.';
    }
    if (error.name === 'InvalidStateError') return 'This device has a passkey here already.';
    return error.message;
  }

  function payloadOf(form) {
    const payload = {};
    for (const field of form.querySelectorAll('[data-field]')) {
      const { field: name, kind } = field.dataset;
      if (kind === 'boolean') payload[name] = field.checked;
      else if (kind === 'text') payload[name] = field.value;
      else payload[name] = readJson(field.value, name);
    }
    return payload;
  }

  // What the other side listed can be chosen, a box each.
  function offer(form, name, choices) {
    const place = form.querySelector(`[data-choices="${CSS.escape(name)}"]`);
    if (place === null) return;
    const typed = new Set(form.elements[name].value.split(/[\n,]/).map((line) => line.trim()));
    for (const old of place.querySelectorAll('label')) old.remove();
    for (const { value, label } of choices) {
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.name = `${name}.chosen[]`;
      box.value = value;
      box.checked = typed.has(value);
      const line = document.createElement('label');
      line.className = 'tick';
      line.append(box, ` ${label}`);
      place.append(line);
    }
    place.hidden = choices.length === 0;
  }

  // A name that ends in [] is a list, whether one, many or none of it is chosen.
  function valuesOf(form, button) {
    const values = {};
    for (const { name } of form.elements) if (name?.endsWith('[]')) values[name.slice(0, -2)] = [];
    for (const [name, value] of new FormData(form, button)) {
      if (name.endsWith('[]')) values[name.slice(0, -2)].push(value);
      else values[name] = value;
    }
    return values;
  }

  function readJson(text, name) {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`"${name}" is not valid JSON. Correct it and try again.`);
    }
  }

  const steps = {
    async 'sign-in'() {
      const token = location.hash.slice(1);
      if (token === '') throw new Error('The link is not complete. Copy all of it.');
      await send('/api/session', { token });
      const action = new URLSearchParams(location.search).get('action') ?? '';
      location.replace(/^[\w-]{1,64}$/.test(action) ? `/actions/${action}` : '/');
    },
    async 'sign-in-passkey'() {
      await send(
        '/api/sign-in/passkey',
        await usePasskey(await send('/api/sign-in/challenge', {})),
      );
      const action = new URLSearchParams(location.search).get('action') ?? '';
      location.replace(/^[\w-]{1,64}$/.test(action) ? `/actions/${action}` : '/');
    },
    async 'sign-out'() {
      await send('/api/session/end', {});
      location.replace('/sign-in');
    },
    async decide(form, button) {
      const { action, revision, hash, passkey } = form.dataset;
      const verdict = button.value;
      const reason = form.elements.reason.value.trim();
      const decision = { revision: Number(revision), payloadHash: hash, verdict };
      const path = `/api/actions/${encodeURIComponent(action)}`;
      const proof =
        verdict === 'approve' && passkey === 'yes'
          ? { passkey: await usePasskey(await send(`${path}/challenge`, decision)) }
          : {};
      await send(`${path}/decision`, {
        ...decision,
        ...(reason === '' ? {} : { reason }),
        ...proof,
      });
      location.reload();
    },
    async modify(form) {
      const { action, revision } = form.dataset;
      await send(`/api/actions/${encodeURIComponent(action)}/modification`, {
        revision: Number(revision),
        payload: payloadOf(form),
        reason: form.elements.reason.value.trim(),
      });
      location.reload();
    },
    async resolve(form, button) {
      await send(`/api/actions/${encodeURIComponent(form.dataset.action)}/resolution`, {
        verdict: button.value,
        reason: form.elements.reason.value.trim(),
      });
      location.reload();
    },
    async enrol(form) {
      const { challengeId, options } = await send('/api/passkeys/challenge', {});
      const publicKey = creationOptions(options);
      const credential = await navigator.credentials.create({ publicKey });
      const label = form.elements.label.value.trim();
      const response = credentialToJson(credential);
      const result = await send('/api/passkeys', { challengeId, label, response });
      if (result.state === 'needs_signature' && form.dataset.signs === 'yes') {
        await signRequest(result.requestId);
      }
      location.reload();
    },
    async 'sign-request'(form) {
      await signRequest(form.dataset.request);
      location.reload();
    },
    // What the forms of the dashboard do: their fields go to the place that they name.
    async act(form, button) {
      const answer = await send(button?.dataset.path ?? form.dataset.path, valuesOf(form, button));
      for (const [name, choices] of Object.entries(answer.choices ?? {})) {
        offer(form, name, choices);
      }
      if (typeof answer.goTo === 'string' && /^\/(?!\/)/.test(answer.goTo)) {
        location.assign(answer.goTo);
      } else if (form.dataset.stays === 'yes') {
        form.querySelector('[role="alert"]').textContent = answer.said;
      } else location.reload();
    },
    async link(form) {
      const account = {
        accountSource: form.elements.accountSource.value.trim(),
        accountExternalId: form.elements.accountExternalId.value.trim(),
      };
      const proof = await usePasskey(await send('/api/account-links/challenge', account));
      await send('/api/account-links', { ...account, ...proof });
      location.reload();
    },
    async unlink(form) {
      await send(`/api/account-links/${encodeURIComponent(form.dataset.link)}/end`, {});
      location.reload();
    },
    // Shown on the page, asked again here: the passkey signs what it would do at this moment.
    async 'change-identity'(form) {
      const operation = JSON.parse(form.dataset.operation);
      const { question } = await send('/api/identity-changes/challenge', { operation });
      const proof = question === null ? {} : { passkey: await usePasskey(question) };
      await send('/api/identity-changes', { operation, ...proof });
      location.assign('/people');
    },
    async revoke(form) {
      const path = `/api/passkeys/${encodeURIComponent(form.dataset.passkey)}`;
      const proof = await usePasskey(await send(`${path}/revocation-challenge`, {}));
      await send(`${path}/revocation`, proof);
      location.reload();
    },
  };

  async function signRequest(requestId) {
    const path = `/api/passkey-requests/${encodeURIComponent(requestId)}`;
    const proof = await usePasskey(await send(`${path}/challenge`, {}));
    await send(`${path}/signature`, proof);
  }

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const step = steps[form.dataset.do];
    if (step === undefined) return;
    event.preventDefault();
    const notice = form.querySelector('[role="alert"]');
    const buttons = [...form.querySelectorAll('button')];
    notice.textContent = '';
    for (const button of buttons) button.disabled = true;
    form.setAttribute('aria-busy', 'true');
    step(form, event.submitter)
      .catch((error) => {
        notice.textContent = wordsOf(error);
      })
      .finally(() => {
        for (const button of buttons) button.disabled = false;
        form.removeAttribute('aria-busy');
      });
  });

  // Somebody whom a provider sent back goes on from here: only so does the browser send its cookie.
  const next = document.querySelector('a[data-go-on]');
  if (next !== null) location.replace(next.href);

  // What happens meanwhile: a line that is told, where a page has one.
  const line = document.querySelector('[data-live]');
  if (line !== null && window.EventSource !== undefined) {
    const events = new EventSource(line.dataset.live);
    events.addEventListener('state', ({ data }) => {
      const state = JSON.parse(data);
      if (line.textContent !== state.said) line.textContent = state.said;
    });
    events.addEventListener('end', () => events.close());
  }

  // While a worker has the action, the page looks again by itself.
  const pause = Number(document.body.dataset.lookAgainMs ?? 0);
  if (pause > 0) setTimeout(() => location.reload(), pause);
})();
