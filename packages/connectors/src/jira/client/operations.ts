import { getAllBoards, getAllSprints, getConfiguration, getSprint } from 'jira.js/agile';
import {
  bulkFetchIssues,
  findBulkAssignableUsers,
  findUsers,
  getAllUsers,
  getBulkChangelogs,
  getCurrentUser,
  getFields,
  getMyPermissions,
  getStatuses,
  searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
} from 'jira.js/cloud';

/**
 * The operations of Jira that reading takes, of jira.js: their paths and parameters are published
 * there with the schema of each answer. Loaded when a pass begins, and nothing else of it with them.
 */
export const operations = {
  bulkFetchIssues,
  findBulkAssignableUsers,
  findUsers,
  getAllBoards,
  getAllSprints,
  getAllUsers,
  getBulkChangelogs,
  getConfiguration,
  getCurrentUser,
  getFields,
  getMyPermissions,
  getSprint,
  getStatuses,
  searchIssues: searchAndReconsileIssuesUsingJqlPost,
  searchProjects,
};
