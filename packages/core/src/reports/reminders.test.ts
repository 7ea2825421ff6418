import { afterEach, describe, expect, it } from 'vitest';
import type { AdjutantOptions } from '../adjutant.ts';
import { createTestAction, createTestTarget } from '../testing/test-action.ts';
import { createReportWorld, monday, type ReportWorld, today } from './testing/report-world.ts';

const hour = 3_600_000;
let world: ReportWorld;
afterEach(async () => {
  await world.adjutant.close();
});
