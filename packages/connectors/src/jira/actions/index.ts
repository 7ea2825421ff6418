import type { AnyActionDefinition } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';

/** Returns what can be changed at Jira, each only through an approved action. */
export function jiraActions(_config: JiraConfig): readonly AnyActionDefinition[] {
  return [];
}
