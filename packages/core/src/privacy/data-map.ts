import type { StoredTables } from './stored-table.ts';
import { storedOfDecisions } from './stored-decisions.ts';
import { storedOfPeople } from './stored-people.ts';
import { storedOfUse } from './stored-use.ts';
import { storedOfWork } from './stored-work.ts';

/**
 * What every table holds and what of it is personal. The page "What is stored" and the privacy report
 * are both made of it.
 */
export const dataMap: StoredTables = {
  ...storedOfPeople,
  ...storedOfWork,
  ...storedOfDecisions,
  ...storedOfUse,
};
