// Shows each state that the server sends; all of it comes with each event, so a lost one harms nothing.
const byId = (id) => document.getElementById(id);
let paused = false;
let latest = null;

function put(id, text) {
  byId(id).textContent = text || "";
  byId(id).hidden = !text;
}

function element(name, text, kind) {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function fill(id, items) {
  byId(id).replaceChildren(...items);
  byId(id).hidden = items.length === 0;
}

function group(one) {
  const made = document.createElement("li");
  made.append(element("h3", one.name), element("p", one.count, "count"));
  for (const line of one.lines) made.append(element("p", line, "line"));
  return made;
}

function result(one) {
  const made = document.createElement("li");
  if (one.chosen) made.className = "chosen";
  const bar = element("span", "", "bar");
  bar.style.width = `${one.share}%`;
  bar.ariaHidden = "true";
  const mark = one.chosen ? "✓ " : "";
  made.append(element("span", mark + one.name, "name"), element("span", one.points, "points"), bar);
  return made;
}

function draw(state) {
  document.body.dataset.phase = state.phase;
  put("phase", state.lead);
  if (byId("sentence").textContent !== state.sentence) put("sentence", state.sentence);
  byId("progress").hidden = !state.of;
  byId("bar").max = state.of || 1;
  byId("bar").value = state.value;
  byId("join").hidden = !state.join;
  if (state.join) {
    byId("code").src = `${location.pathname}/code.svg`;
    put("how", state.join);
  }
  fill("groups", state.groups.map(group));
  byId("groups").dataset.many = state.groups.length > 4;
  fill("results", state.results.map(result));
  put("small", state.small);
}

function say(text) {
  byId("state").textContent = text;
}

async function lost(source) {
  say(document.body.dataset.lost);
  if (source.readyState !== EventSource.CLOSED) return;
  const answer = await fetch(location.pathname, { cache: "no-store" }).catch(() => null);
  if (answer && answer.status === 404) say(document.body.dataset.over);
  else setTimeout(follow, 3000);
}

function follow() {
  const source = new EventSource(`${location.pathname}/events`);
  source.onmessage = (event) => {
    latest = JSON.parse(event.data);
    say("");
    if (!paused) draw(latest);
  };
  source.onerror = () => lost(source);
}

byId("pause").onclick = () => {
  paused = !paused;
  byId("pause").ariaPressed = String(paused);
  if (!paused && latest) draw(latest);
};

byId("look").onclick = () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const root = document.documentElement;
  root.dataset.look = (root.dataset.look || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
};

follow();
