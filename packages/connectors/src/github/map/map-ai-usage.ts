import type { DomainRows, Scope } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { AccountCollector } from './accounts.ts';
import type { AiUsagePayload } from './ai-usage-payload.ts';

/** Returns the rows that a day with Copilot stands for. Pure. */
export function mapAiUsage(
  { day, people }: AiUsagePayload,
  _scope: Scope,
  config: Pick<GithubConfig, 'baseUrl'>,
): DomainRows {
  const accounts = new AccountCollector(config);
  const aiUsageDays = people.map((person) => ({
    source: 'github',
    accountExternalId: accounts.of(person.account),
    day,
    tool: 'copilot',
    interactions: person.interactions ?? null,
    suggestions: person.suggestions ?? null,
    suggestionsAccepted: person.suggestionsAccepted ?? null,
    linesAdded: person.linesAdded ?? null,
    linesDeleted: person.linesDeleted ?? null,
    usedAgent: person.usedAgent ?? null,
    usedChat: person.usedChat ?? null,
    usedCli: person.usedCli ?? null,
    creditsUsed: person.creditsUsed ?? null,
    // As the stream of teams names them.
    groupExternalIds: person.teamIds?.map((id) => `team:${id}`) ?? null,
  }));
  return { ...accounts.rows(), aiUsageDays };
}
