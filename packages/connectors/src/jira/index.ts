export type { JiraConfig } from './config.ts';
export { jira } from './connector.ts';
export { type ListedProject, listProjects, type ProjectList } from './discovery/list-projects.ts';
export type { AskingContext } from '../http/while-somebody-waits.ts';
export {
  type JiraNormaliserPlace,
  jiraNormalisers,
  type JiraNormalisers,
} from './rest/normalise.ts';
