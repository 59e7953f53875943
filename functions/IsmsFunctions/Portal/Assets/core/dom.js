// Elements without a framework: h('button', { class: 'primary', onclick: save }, 'Save').

const SVG = 'http://www.w3.org/2000/svg';

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

function assign(element, properties) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    // The content security policy forbids style attributes; properties set by script are allowed.
    else if (name === 'style') for (const [key, given] of Object.entries(value)) element.style.setProperty(key, given);
    else if (name === 'value' || name === 'checked' || name === 'selected' || name === 'indeterminate') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  return element;
}

export const h = (tag, properties, ...children) => {
  const element = document.createElement(tag);
  const later = properties && 'value' in properties;
  // A select takes its value only once it has its options.
  if (later) {
    const { value, ...rest } = properties;
    append(assign(element, rest), children);
    return assign(element, { value });
  }
  return append(assign(element, properties), children);
};

export const s = (tag, properties, ...children) => append(assign(document.createElementNS(SVG, tag), properties), children);

export const replace = (element, ...children) => {
  element.replaceChildren();
  return append(element, children);
};

const SHAPES = {
  overview: 'M3 12 12 4l9 8M6 10v10h12V10',
  plan: 'M5 4h14v17H5zM9 2v4M15 2v4M8 11h8M8 15h5',
  audits: 'M10 17a7 7 0 1 1 0-14 7 7 0 0 1 0 14zM15 15l6 6M7 10l2 2 4-4',
  actions: 'M4 12a8 8 0 1 1 3 6M4 20v-5h5M9 12l2 2 4-4',
  evidence: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  coverage: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z',
  collectors: 'M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0',
  incidents: 'M12 3 22 20H2zM12 10v4M12 17v.5',
  reviews: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  registers: 'M3 5h18v14H3zM3 10h18M9 5v14',
  kpis: 'M4 20V4M4 20h17M8 16v-4M13 16V8M18 16v-6',
  training: 'M2 9l10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5',
  packs: 'M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8',
  settings: 'M12 15a3 3 0 1 1 0-6 3 3 0 0 1 0 6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M19 5l-3 3M8 16l-3 3',
  mails: 'M3 5h18v14H3zM3 6l9 7 9-7',
  access: 'M9 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM2 21c0-9 14-9 14 0M16 12l2 2 4-5',
  setup: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  programme: 'M4 5h16v15H4zM4 10h16M9 3v4M15 3v4M8 15h3M13 15h3',
  certification: 'M12 14a5 5 0 1 1 0-10 5 5 0 0 1 0 10zM9 13l-2 8 5-3 5 3-2-8',
  spotChecks: 'M3 12s3-6 9-6 9 6 9 6-3 6-9 6-9-6-9-6zM12 15a3 3 0 1 1 0-6 3 3 0 0 1 0 6z',
  retention: 'M4 4h16v5H4zM6 9v11h12V9M10 13h4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M5 5l14 14M19 5 5 19',
  sun: 'M12 16a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  person: 'M12 12a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM4 21c0-9 16-9 16 0',
  download: 'M12 3v12M7 10l5 5 5-5M4 21h16',
  check: 'M4 12l5 5L20 6',
  warning: 'M12 3 22 20H2zM12 10v4M12 17v.5',
};

export const icon = name => s('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, s('path', { d: SHAPES[name] }));
