export type { JiraConfig } from './config.ts';
export { jira } from './connector.ts';
export {
  type JiraNormaliserPlace,
  jiraNormalisers,
  type JiraNormalisers,
} from './rest/normalise.ts';
