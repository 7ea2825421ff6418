import { html, type SafeHtml } from '@adjutant/insights';

/** Returns what opens where a one-time link leads: one button, so that nothing signs in unseen. */
export function signInView(): SafeHtml {
  return html`<h1>Open the decisions page</h1><div class="card"><p>This link works once and for five minutes. It signs this browser in as the person it was made for.</p><form data-do="sign-in"><div class="buttons"><button class="main" autofocus>Sign in</button></div><p role="alert"></p></form></div><p class="quiet">Without a link: run <code>adjutant approvals link</code> in a terminal and open the address that it prints. Being signed in is enough for actions in mode “ask”. Whatever is riskier takes your passkey as well.</p>`;
}
