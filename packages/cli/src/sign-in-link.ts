import { AdjutantError } from '@adjutant/core/ports';
import type { OpenAdjutant } from './open-adjutant.ts';
import { findRunningPage } from './running-page.ts';

export interface SignInLink {
  origin: string;
  link: string;
  expiresAt: number;
}

/**
 * Makes a link to the page that is being served, for the person at this terminal or another one.
 * @throws AdjutantError `Configuration` where no page of this installation answers at the port
 */
export async function makeSignInLink(
  opened: OpenAdjutant,
  wanted: { port: number; personId?: string },
): Promise<SignInLink> {
  const { port, personId } = wanted;
  const running = await findRunningPage(opened, port);
  if (running === null) {
    throw new AdjutantError('Configuration', `No page is served at http://localhost:${port}.`, {
      hint: 'Start it in another terminal: adjutant serve. If it has another port, name it with --port.',
    });
  }
  const maker = await opened.adjutant.owner();
  return { origin: running.origin, ...(await running.makeLink({ maker, personId })) };
}
