import { fieldText, html, type SafeHtml } from '@adjutant/insights';
import type { SetupField, SetupStep } from '../../setup/setup-steps.ts';
import { actionForm } from '../components/action-form.ts';
import { pageSection } from '../components/page-head.ts';

/** Returns one step: what it is good for, its fields, and what to try, keep or leave out. */
export function setupStep(step: SetupStep): SafeHtml {
  const { id, title, about, state, standing, fields, check } = step;
  const words = { open: 'open', done: 'done', skipped: 'left out' }[state];
  const form =
    state === 'skipped'
      ? null
      : actionForm({
          path: 'setup/apply',
          label: 'Keep',
          about: title,
          kind: 'main',
          stays: true,
          values: { step: id },
          fields: html`${fields.map((field) => fieldMarkup(id, field))}`,
          ...(check === null ? {} : { tries: { path: 'setup/check', label: check } }),
        });
  const skip = actionForm({
    path: 'setup/skip',
    label: state === 'skipped' ? 'Take it up' : 'Leave it out',
    about: title,
    values: { step: id, skipped: state === 'skipped' ? 'no' : 'yes' },
  });
  return pageSection(
    { id: `step-${id}`, title, lead: about },
    html`<p><span class="mark ${state === 'open' ? 'medium' : 'plain'}">${words}</span> ${standing}</p>${form}${state === 'done' ? null : skip}`,
  );
}

function fieldMarkup(step: string, field: SetupField): SafeHtml {
  const { name, label, kind, hint, value, choices = [] } = field;
  const id = `${step}-${name}`;
  const note = html`<span class="quiet" id="${id}-hint">${hint}</span>`;
  switch (kind) {
    case 'flag': {
      const box =
        value === 'yes'
          ? html`<input type="checkbox" name="${name}" value="yes" checked aria-describedby="${id}-hint">`
          : html`<input type="checkbox" name="${name}" value="yes" aria-describedby="${id}-hint">`;
      return html`<div><label class="tick">${box} ${label}</label>${note}</div>`;
    }
    case 'secret':
      return html`<label>${label}${note}<input type="password" name="${name}" value="" maxlength="10000" autocomplete="off" spellcheck="false"></label>`;
    case 'choice': {
      const options = choices.map((choice) =>
        choice.isChosen
          ? html`<option value="${choice.value}" selected>${choice.label}</option>`
          : html`<option value="${choice.value}">${choice.label}</option>`,
      );
      return html`<label>${label}${note}<select name="${name}">${options}</select></label>`;
    }
    case 'several':
      return html`<label>${label}${note}<textarea name="${name}" rows="${Math.min(12, value.split('\n').length + 2)}" maxlength="100000" spellcheck="false">${fieldText(value)}</textarea></label><fieldset class="choices" data-choices="${name}" hidden><legend>What it can read</legend></fieldset>`;
    default:
      return html`<label>${label}${note}<input type="text" name="${name}" value="${fieldText(value)}" maxlength="2000" autocomplete="off" spellcheck="false"></label>`;
  }
}
