import { html, type SafeHtml } from '@adjutant/insights';

/**
 * Returns what opens where a one-time link leads: buttons, so that nothing signs in unseen. A provider
 * is named where one is configured.
 */
export function signInView(provider: string | null = null): SafeHtml {
  const vouched =
    provider === null
      ? null
      : html`<div class="card"><p>Sign in where you sign in for everything else.</p><div class="buttons"><a class="button" href="/sign-in/oidc">Sign in with ${provider}</a></div></div>`;
  return html`<h1>Sign in</h1><div class="card"><p>A link works once and for five minutes. It signs this browser in as the person it was made for.</p><form data-do="sign-in"><div class="buttons"><button class="main" autofocus>Sign in</button></div><p role="alert"></p></form></div><div class="card"><p>With a passkey that is enrolled here you need no link.</p><form data-do="sign-in-passkey"><div class="buttons"><button>Sign in with a passkey</button></div><p role="alert"></p></form></div>${vouched}<p class="quiet">Without either: run <code>adjutant approvals link</code> in a terminal and open the address that it prints. Being signed in is enough for actions in mode “ask”. Whatever is riskier takes your passkey as well.</p>`;
}

/** Returns what opens when a provider has sent somebody back; the page goes on by itself. */
export function signedInView(name: string, next: string): SafeHtml {
  return html`<h1>Signed in</h1><p class="lead">You are ${name}.</p><p><a class="button" href="${next}" data-go-on>Go on</a></p>`;
}
