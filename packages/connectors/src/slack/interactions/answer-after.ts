import { AdjutantError } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { answerPerson, type PersonalAnswer, said } from './answer-person.ts';
import type { Desk } from './desk.ts';

const failed =
  'Something went wrong, and nothing was decided or kept. Try again, or use the page of "adjutant serve".';

/**
 * Does the work and tells the person, unless there is nothing more to say; what cannot be told to a
 * person is told to the log. Never rejects.
 */
export async function answerAfter(
  desk: Desk,
  responseUrl: string | null,
  work: () => Promise<PersonalAnswer | null>,
): Promise<void> {
  const answer = await answerOf(desk, work);
  if (answer !== null) await answerPerson(desk, responseUrl, answer);
}

/** Returns what came of the work, in words for whoever asked. Never rejects. */
export async function answerOf<Answer>(
  { logger }: Pick<Desk, 'logger'>,
  work: () => Promise<Answer>,
): Promise<Answer | PersonalAnswer> {
  try {
    return await work();
  } catch (error) {
    const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
    if (AdjutantError.isInstance(error) && error.audience !== 'bug') {
      return said(neutralText([error.message, error.hint ?? ''].join(' '), 600));
    }
    logger.log('error', 'What somebody asked for in Slack failed.', { code });
    return said(failed);
  }
}
