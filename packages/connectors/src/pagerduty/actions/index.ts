import type { AnyActionDefinition } from '@adjutant/core';
import type { PagerdutyConfig } from '../config.ts';
import { incidentPage } from './incident-page.ts';

/** Returns what can be done at PagerDuty, only through an approved action. */
export function pagerdutyActions(config: PagerdutyConfig): readonly AnyActionDefinition[] {
  return [incidentPage(config)];
}
