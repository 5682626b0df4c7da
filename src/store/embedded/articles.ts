/** Articles that staff wrote, by version. */
import type { Articles, ArticleVersion } from '../contract.js';
import type { Access } from './access.js';
import type { Database } from './database.js';
import { articles as shape } from './rows.js';

export function articles({ read, write }: Access): Articles {
  return {
    write: (version) => write((database) => add(database, version)),
    newest: () =>
      read((database) =>
        database
          .all(
            `${shape.select} AS one WHERE version = (SELECT MAX(version) FROM articles WHERE article = one.article) ORDER BY article`,
          )
          .map(shape.as),
      ),
    versions: (article, limit) =>
      read((database) =>
        database.all(`${shape.select} WHERE article = ? ORDER BY version DESC LIMIT ?`, [article, limit]).map(shape.as),
      ),
  };
}

function add(database: Database, version: ArticleVersion): boolean {
  const { newest } =
    database.get('SELECT MAX(version) AS newest FROM articles WHERE article = ?', [version.article]) ?? {};
  if (Number(newest ?? 0) !== version.version - 1) return false;
  database.insert('articles', shape.columns, { ...version });
  return true;
}
