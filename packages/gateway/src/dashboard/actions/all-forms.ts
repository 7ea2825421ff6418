import type { AnyForm } from './define-form.ts';
import { ledgerForms } from './ledger-forms.ts';
import { peopleForms } from './people-forms.ts';
import { reportForms } from './report-forms.ts';
import { settingsForms } from './settings-forms.ts';
import { setupForms } from './setup-forms.ts';
import { workForms } from './work-forms.ts';

/** What the forms of the dashboard do. */
export const allForms: readonly AnyForm[] = [
  ...workForms,
  ...peopleForms,
  ...reportForms,
  ...ledgerForms,
  ...settingsForms,
  ...setupForms,
];
