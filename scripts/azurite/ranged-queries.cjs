// Preloaded into Azurite (node --require). Azurite answers every query of a table by walking through all of its rows, and sorts what it finds: a page of a table of a
// million rows takes a second, where the service answers from its order by keys. This keeps that order – by partition, and in it by row – and narrows a query
// to the range that its own conditions on the keys describe. Azurite's filter still decides about every row in it, so that answers are the same.
'use strict';

const path = require('path');
const persistence = path.join(__dirname, 'node_modules/azurite/dist/src/table/persistence');
const Store = require(path.join(persistence, 'LokiTableMetadataStore')).default;
const Filter = require(path.join(persistence, 'LokiTableStoreQueryGenerator')).default;
const query = Store.prototype.queryTableEntities;

const ORDER = Symbol('order of keys');
const TERM = /^\s*(PartitionKey|RowKey) (eq|gt|ge|lt|le) '((?:[^']|'')*)'(?: and |\s*$)/;

/** The first place in a list whose row comes at or after a key. */
function placeOf(rows, key) {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rows[middle].RowKey < key) from = middle + 1;
    else to = middle;
  }

  return from;
}

/** The rows of a collection by partition, each in the order of their keys, kept up as the collection changes. */
class Order {
  constructor(collection) {
    this.partitions = new Map();
    this.count = 0;
    for (const row of collection.data) this.partitionOf(row).push(row);
    for (const rows of this.partitions.values()) rows.sort((a, b) => (a.RowKey < b.RowKey ? -1 : a.RowKey > b.RowKey ? 1 : 0));
    this.count = collection.data.length;
  }

  partitionOf(row) {
    let rows = this.partitions.get(row.PartitionKey);
    if (rows === undefined) this.partitions.set(row.PartitionKey, (rows = []));
    return rows;
  }

  add(row) {
    const rows = this.partitionOf(row);
    rows.splice(placeOf(rows, row.RowKey), 0, row);
    this.count++;
  }

  remove(row) {
    const rows = this.partitionOf(row);
    const place = placeOf(rows, row.RowKey);
    if (rows[place]?.RowKey === row.RowKey) {
      rows.splice(place, 1);
      this.count--;
    }
  }
}

/** The order of a collection. Should it ever miss a change, the number of rows tells, and it is made anew. */
function orderOf(collection) {
  const isNew = collection[ORDER] === undefined;
  if (collection[ORDER]?.count !== collection.data.length) {
    Object.defineProperty(collection, ORDER, { value: new Order(collection), configurable: true, enumerable: false });
  }

  if (isNew) {
    collection.on('insert', rows => [].concat(rows).forEach(row => collection[ORDER].add(row)));
    collection.on('delete', row => collection[ORDER].remove(row));
    collection.on('update', row => { collection[ORDER].remove(row); collection[ORDER].add(row); });
  }

  return collection[ORDER];
}

/** What a filter says about keys in the conditions it begins with; null for one whose conditions are not all to be met. */
function keysOf(filter) {
  let plain = filter.replace(/'(?:[^']|'')*'/g, "''");
  for (let before; before !== plain; ) [before, plain] = [plain, plain.replace(/\([^()]*\)/g, '')];
  if (/\bor\b/i.test(plain)) return null;
  const keys = { from: '' };
  for (let rest = filter, term; (term = TERM.exec(rest)); rest = rest.slice(term[0].length)) {
    const [, name, operator, quoted] = term;
    const value = quoted.replaceAll("''", "'");
    if (name === 'PartitionKey') {
      if (operator !== 'eq') return null;
      keys.partition = value;
    } else {
      if (operator !== 'lt' && operator !== 'le' && value > keys.from) keys.from = value;
      if (operator !== 'gt' && operator !== 'ge' && !(keys.to < value)) keys.to = value;
    }
  }

  return keys.partition === undefined ? null : keys;
}

Store.prototype.queryTableEntities = async function (context, account, table, options, nextPartition, nextRow) {
  const keys = typeof options.filter === 'string' ? keysOf(options.filter) : null;
  const after = [nextPartition, nextRow].map(header => this.decodeContinuationHeader(header));
  if (keys === null || (after[0] !== undefined && after[0] !== keys.partition)) {
    return query.call(this, context, account, table, options, nextPartition, nextRow);
  }

  const matches = Filter.generateQueryForPersistenceLayer(options, context);
  const rows = orderOf(this.getEntityCollection(account, table, context)).partitions.get(keys.partition) ?? [];
  const most = this.getMaxResultsOption(options);
  const found = [];
  for (let place = placeOf(rows, after[1] > keys.from ? after[1] : keys.from); place < rows.length && found.length <= most; place++) {
    if (rows[place].RowKey > keys.to) break;
    if (matches(rows[place])) found.push(rows[place]);
  }

  const next = this.adjustQueryResultforTop(found, most);
  return [found, next.nextPartitionKeyResponse, next.nextRowKeyResponse];
};
