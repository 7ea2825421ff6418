import { type ColumnKit, sqliteKit } from './column-kit.ts';
import { actionTables } from './tables/action-tables.ts';
import { approverTables } from './tables/approver-tables.ts';
import { chatTables } from './tables/chat-tables.ts';
import { citationTables } from './tables/citation-tables.ts';
import { codeTables } from './tables/code-tables.ts';
import { deliveryTables } from './tables/delivery-tables.ts';
import { documentTables } from './tables/document-tables.ts';
import { incidentTables } from './tables/incident-tables.ts';
import { jobTables } from './tables/job-tables.ts';
import { peopleTables } from './tables/people-tables.ts';
import { reportTables } from './tables/report-tables.ts';
import { rollupTables } from './tables/rollup-tables.ts';
import { signalTables } from './tables/signal-tables.ts';
import { searchTables } from './tables/search-tables.ts';
import { systemTables } from './tables/system-tables.ts';
import { workTables } from './tables/work-tables.ts';

/** Returns every table, made of the given kit. */
function createTables(kit: ColumnKit) {
  return {
    // First, so that deleting a workspace marks nothing anew.
    ...rollupTables(kit),
    ...peopleTables(kit),
    ...codeTables(kit),
    ...workTables(kit),
    ...deliveryTables(kit),
    ...incidentTables(kit),
    ...chatTables(kit),
    ...systemTables(kit),
    ...jobTables(kit),
    ...approverTables(kit),
    ...actionTables(kit),
    ...citationTables(kit),
    ...signalTables(kit),
    ...reportTables(kit),
    ...searchTables(kit),
    ...documentTables(kit),
  };
}

export const tables = createTables(sqliteKit);

/** Table name → table, for whatever treats all tables alike. */
export type Tables = typeof tables;
