import { ask } from './ask.ts';
import type { PromptDefinition } from './define-prompt.ts';
import { incident } from './incident.ts';
import { sprintHealth } from './sprint-health.ts';
import { standup } from './standup.ts';
import { triage } from './triage.ts';
import { weekly } from './weekly.ts';

/** Every prompt, in the order in which clients see them. */
export const prompts: readonly PromptDefinition[] = [
  standup,
  sprintHealth,
  triage,
  ask,
  weekly,
  incident,
];
