import type { WorkKind } from '@adjutant/core';
import { z } from 'zod';

const kinds = [
  'pull_request',
  'release',
  'deployment',
  'work_item',
  'incident',
  'commit',
] as const satisfies readonly WorkKind[];

/** The kinds of work that a caller may ask for. */
export const workKindInput = z.enum(kinds);
