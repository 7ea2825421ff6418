import { html, type SafeHtml } from '@adjutant/insights';
import { formsPath } from '../actions/mount-form.ts';

export interface ActionFormParts {
  /** Below `/api/do/`, as `defineForm` names it. */
  path: string;
  /** What stands on its button. */
  label: string;
  /** Said to whoever does not see what stands beside the button. */
  about?: string;
  /** Fields before the button. */
  fields?: SafeHtml | null;
  /** Sent with it, unseen. */
  values?: Readonly<Record<string, string>>;
  kind?: 'main' | 'plain' | 'no';
  /** Whether what became of it is shown here, in place of loading the page again. */
  stays?: boolean;
  /** Whether button and fields stand in one line. */
  isInline?: boolean;
  /** A second button, which sends the same fields elsewhere and keeps nothing. */
  tries?: { path: string; label: string };
}

/**
 * Returns a form that the page's script sends. Without the script nothing is sent, because only the
 * script can show that it is this page that asks; then it says so.
 */
export function actionForm(parts: ActionFormParts): SafeHtml {
  const { path, label, about, fields = null, values = {}, kind = 'plain' } = parts;
  const hidden = Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const told = about === undefined ? null : html`<span class="aside"> ${about}</span>`;
  const tries =
    parts.tries === undefined
      ? null
      : html`<button class="plain" data-path="${formsPath}/${parts.tries.path}">${parts.tries.label}</button>`;
  const style = `action-form${parts.isInline === true ? ' in-line' : ''}`;
  return html`<form method="dialog" class="${style}" data-do="act" data-path="${formsPath}/${path}" data-stays="${parts.stays === true ? 'yes' : 'no'}">${hidden}${fields}<div class="buttons">${tries}<button class="${kind}">${label}${told}</button></div><p role="alert"></p><noscript><p class="quiet">This button needs the page’s script. At a terminal “adjutant” does the same.</p></noscript></form>`;
}
