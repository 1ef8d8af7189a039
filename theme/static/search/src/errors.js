/**
 * What can go wrong with the search files, in words for the person who reads them.
 */

/**
 * - `missing`: a file is not there or cannot be reached
 * - `damaged`: a file is there and is not what it should be
 * - `newer`: the files are of a later version of the format than this program
 * - `slow`: a file did not come in time
 * - `broad`: the question stands for more than can be looked up
 * @typedef {'missing' | 'damaged' | 'newer' | 'slow' | 'broad'} Trouble
 */

/** An error that names the file it is about. */
export class SearchError extends Error {
  /**
   * @param {Trouble} trouble
   * @param {string} file path inside the folder `search`, or empty
   * @param {string} what
   */
  constructor(trouble, file, what) {
    super(file ? `search/${file}: ${what}` : what);
    this.trouble = trouble;
    this.file = file;
  }
}

/**
 * @param {string} file
 * @param {string} what
 */
export function damaged(file, what) {
  return new SearchError('damaged', file, what);
}
