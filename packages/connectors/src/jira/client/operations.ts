/**
 * The operations of Jira that reading takes, of jira.js: their paths and parameters are published
 * there with the schema of each answer. Loaded when a pass begins, and nothing else of it with them.
 */
export {
  bulkFetchIssues,
  findBulkAssignableUsers,
  getBulkChangelogs,
  getCurrentUser,
  getFields,
  getMyPermissions,
  getStatuses,
  searchAndReconsileIssuesUsingJqlPost as searchIssues,
  searchProjects,
} from 'jira.js/cloud';
export { getAllBoards, getAllSprints, getConfiguration, getSprint } from 'jira.js/agile';
