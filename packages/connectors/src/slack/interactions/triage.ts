import { type PersonalAnswer, said } from './answer-person.ts';
import type { AskedCommand } from './run-command.ts';

const missing =
  'What waits for whom is not set up here: whoever runs Adjutant gives the desk of Slack a "brief". "adjutant triage" tells it at a terminal.';

/** Returns which open pull requests to look at first, and why, as far as this viewer may see. */
export async function triage({ desk, handle }: AskedCommand): Promise<PersonalAnswer> {
  return desk.brief === null ? said(missing) : await desk.brief(handle, 'triage');
}
