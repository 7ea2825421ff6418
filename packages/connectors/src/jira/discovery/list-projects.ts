import { type AskingContext, whileSomebodyWaits } from '../../http/while-somebody-waits.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { createJiraClient } from '../client/jira-client.ts';
import { type JiraConfig, projectKeySchema } from '../config.ts';
import { jiraVendor } from '../jira-vendor.ts';
import { pageOfProjects } from './read-projects.ts';

const mostPages = 10;

/** A project that may be chosen. */
export interface ListedProject {
  key: string;
  name: string;
}

export interface ProjectList {
  /** By key. */
  projects: ListedProject[];
  /** False where there are more than are listed. */
  isWhole: boolean;
}

/**
 * Returns the projects that a token can browse, at most some hundreds, so that somebody can choose.
 * @throws AdjutantError
 */
export async function listProjects(
  config: Pick<JiraConfig, 'site' | 'token'> & Partial<Pick<JiraConfig, 'email' | 'tokenHost'>>,
  context: AskingContext,
): Promise<ProjectList> {
  return await whileSomebodyWaits(context, jiraVendor, async (asking) => {
    const client = createJiraClient({ ...asking, config });
    const found = new Map<string, ListedProject>();
    let isWhole = false;
    for (let page = 0; page < mostPages && !isWhole; page += 1) {
      const { projects, isLast } = await pageOfProjects(client, {}, page);
      for (const { key, name } of projects) {
        // A key of another form could not stand in the configuration.
        if (projectKeySchema.safeParse(key).success)
          found.set(key, { key, name: neutralText(name) });
      }
      isWhole = isLast;
    }
    const projects = [...found.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
    return { projects, isWhole };
  });
}
