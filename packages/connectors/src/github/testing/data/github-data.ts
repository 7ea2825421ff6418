import { createCodeData } from './code.ts';
import { createCopilotData } from './copilot.ts';
import { createDeliveryData } from './delivery.ts';
import { createHookData } from './hooks.ts';
import { createIdentifiers } from './identifiers.ts';
import { createPeopleData } from './people.ts';
import type { TwinActor } from './records.ts';
import { createThreadData } from './threads.ts';

/** The rows of the twin, and the ways in which they change while it runs. */
export type GithubData = ReturnType<typeof createPeopleData> &
  ReturnType<typeof createCodeData> &
  ReturnType<typeof createThreadData> &
  ReturnType<typeof createDeliveryData> &
  ReturnType<typeof createCopilotData> &
  ReturnType<typeof createHookData> & {
    /** Whose token the twin accepts. */
    viewer: TwinActor;
    /** Whose token may write; made when it is first used. */
    writer(): TwinActor;
    /** Where pages for people would be. */
    webUrl: string;
  };

/** Returns a GitHub without organisations and repositories; only the token's own user is there. */
export function createGithubData(): GithubData {
  const identifiers = createIdentifiers();
  const people = createPeopleData(identifiers);
  let writer: TwinActor | null = null;
  return {
    ...people,
    ...createCodeData(identifiers),
    ...createThreadData(identifiers),
    ...createDeliveryData(identifiers),
    ...createCopilotData(),
    ...createHookData(identifiers),
    viewer: people.addActor({ login: 'adjutant-reader', name: 'Adjutant Reader' }),
    writer: () =>
      (writer ??= people.addActor({ login: 'adjutant-writer', name: 'Adjutant Writer' })),
    webUrl: 'https://github.example.com',
  };
}
