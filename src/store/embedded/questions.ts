/** Questions, lessons and models. */
import { MOST_QUESTIONS } from '../contract-questions.js';
import type { LessonRow, ModelRow, NewQuestion, Questions } from '../contract.js';
import type { Access } from './access.js';
import type { Database, Row } from './database.js';
import { lessons as lessonShape, questions as shape } from './rows.js';

const NEW = ['id', 'kind', 'language', 'month', 'key', 'count', 'state', 'sealed'];
const MODEL = ['id', 'hash', 'lessons', 'figures', 'at', 'previous'];
const STRAY = 'stray';
/** The newest that was promoted and not taken back. */
const CURRENT = `SELECT * FROM models WHERE promotedAt IS NOT NULL AND withdrawnAt IS NULL ORDER BY promotedAt DESC, n DESC LIMIT 1`;

export function questions({ read, write }: Access): Questions {
  const model = (sql: string, values: readonly string[] = []) =>
    read((database) => {
      const row = database.get(sql, [...values]);
      return row ? modelOf(row) : null;
    });
  return {
    open: (limit) =>
      read((database) =>
        database.all(`${shape.select} WHERE state = 'open' ORDER BY count DESC, id LIMIT ?`, [limit]).map(shape.as),
      ),
    teach: (all) => write((database) => all.forEach((lesson) => teach(database, lesson))),
    unteach: (lesson, at) => write((database) => unteach(database, lesson, at)),
    drop: (ids) =>
      write((database) => {
        database.run('DELETE FROM questions WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(ids)]);
      }),
    lessons: () => read((database) => database.all(`${lessonShape.select} ORDER BY at, id`).map(lessonShape.as)),
    keepModel: (row) =>
      write((database) => {
        database.insert('models', MODEL, { ...row, lessons: JSON.stringify(row.lessons) });
      }),
    model: (id) => model('SELECT * FROM models WHERE id = ?', [id]),
    currentModel: () => model(CURRENT),
    models: (limit) =>
      read((database) => database.all('SELECT * FROM models ORDER BY n DESC LIMIT ?', [limit]).map(modelOf)),
    promote: (id, by, at) => write((database) => promote(database, id, by, at)),
    withdraw: (id, at) =>
      write(
        (database) =>
          database.get(CURRENT)?.['id'] === id &&
          database.run('UPDATE models SET withdrawnAt = ? WHERE id = ?', [at, id]) > 0,
      ),
  };
}

/** Counts a question that was asked before, or writes it down: settled where a lesson stands already. */
export function addQuestion(database: Database, question: NewQuestion): void {
  const again = 'UPDATE questions SET count = count + 1, month = :month WHERE kind = :kind AND "key" = :key';
  const { month, kind, key } = question;
  if (database.run(again, { month, kind, key }) > 0) return;
  const lesson = database.get('SELECT intent FROM lessons WHERE "key" = ? AND endedAt IS NULL', [key]);
  const state = lesson === undefined ? 'open' : stateOf(String(lesson['intent']));
  database.insert('questions', NEW, { ...question, count: 1, state });
  const { open } = database.get(`SELECT COUNT(*) AS open FROM questions WHERE state = 'open'`) ?? {};
  if (Number(open) > MOST_QUESTIONS) dropLeast(database, question.id);
}

/** The one that has just come stays. */
function dropLeast(database: Database, newest: string): void {
  database.run(
    `DELETE FROM questions WHERE id IN
       (SELECT id FROM questions WHERE state = 'open' AND id <> ? ORDER BY count DESC, month DESC, id LIMIT -1 OFFSET ?)`,
    [newest, MOST_QUESTIONS - 1],
  );
}

/** Words of lessons that ended go when no model that answered knows them. */
export function tidyLessons(database: Database): void {
  database.run(
    `DELETE FROM lessons WHERE endedAt IS NOT NULL AND id NOT IN
       (SELECT value FROM models, json_each(models.lessons) WHERE promotedAt IS NOT NULL AND withdrawnAt IS NULL)`,
  );
}

function teach(database: Database, lesson: Omit<LessonRow, 'endedAt'>): void {
  database.run('UPDATE lessons SET endedAt = ? WHERE "key" = ? AND endedAt IS NULL', [lesson.at, lesson.key]);
  database.insert('lessons', lessonShape.columns, { ...lesson, endedAt: null });
  database.run('UPDATE questions SET state = ? WHERE "key" = ?', [stateOf(lesson.intent), lesson.key]);
}

function unteach(database: Database, id: string, at: number): boolean {
  const lesson = database.get('SELECT "key" FROM lessons WHERE id = ? AND endedAt IS NULL', [id]);
  if (!lesson) return false;
  database.run('UPDATE lessons SET endedAt = ? WHERE id = ?', [at, id]);
  database.run(`UPDATE questions SET state = 'open' WHERE "key" = ?`, [String(lesson['key'])]);
  return true;
}

function promote(database: Database, id: string, by: string, at: number): boolean {
  const current = database.get(CURRENT)?.['id'] ?? null;
  const promoted = database.run(
    'UPDATE models SET promotedBy = :by, promotedAt = :at WHERE id = :id AND promotedAt IS NULL AND previous IS :current',
    { id, by, at, current },
  );
  return promoted > 0;
}

function stateOf(intent: string): 'taught' | 'stray' {
  return intent === STRAY ? 'stray' : 'taught';
}

function modelOf({ n: _n, lessons, ...row }: Row): ModelRow {
  return { ...row, lessons: JSON.parse(String(lessons)) as string[] } as ModelRow;
}
