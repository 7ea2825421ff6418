import type { SignalSeverity } from '@adjutant/core/domain';
import { html, type SafeHtml } from '@adjutant/insights';

const words: Readonly<Record<SignalSeverity, string>> = {
  high: 'now',
  medium: 'soon',
  low: 'can wait',
  info: 'to know',
};

/** Returns how much a finding matters, in a word that does not hang on its colour. */
export function severityMark(severity: SignalSeverity): SafeHtml {
  return html`<span class="mark ${severity}">${words[severity]}</span>`;
}
