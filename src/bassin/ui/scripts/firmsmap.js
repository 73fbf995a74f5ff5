// The moving map of the firms: asked for by whoever opens it, drawn from this service's own tiles. The drawn map and the list say the same without it.
"use strict";

const INK = "#1B1F23";
const FONT = ["Atkinson", "sans-serif"];
let library = null;
let map = null;
let held = null; // where it was looking, and by what it was coloured, kept when the list changes
let asked = null; // the map asks for the list: it then stays in the page as it is

const part = (name) => document.querySelector(`[data-map-${name}]`);
const told = () => JSON.parse(document.getElementById("firmsmap-told").textContent);

function load(section) {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = section.dataset.library;
    script.onload = () => { globalThis.maplibregl.setWorkerUrl(section.dataset.worker); done(globalThis.maplibregl); };
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

const whole = (address) => decodeURI(new URL(address, location.href).href);

const outline = (ring) => ({ type: "FeatureCollection", features: ring.length ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } }] : [] });

function colours(scheme) {
  const pairs = scheme.classes.filter((each) => each.value).flatMap((each) => [each.value, each.colour]);
  return ["match", ["get", scheme.key], ...pairs, scheme.classes.at(-1).colour];
}

function signs(scheme) {
  const pairs = scheme.classes.filter((each) => each.value).flatMap((each) => [each.value, each.sign]);
  return ["match", ["get", scheme.key], ...pairs, ""];
}

// Streets under the firms, where they were fetched: soft, so that the points are what is seen.
const WIDE = ["match", ["get", "rank"], 1, 3, 2, 2.6, 3, 2.2, 4, 1.8, 5, 1.2, 0.6];
const growing = (factor) => ["interpolate", ["exponential", 1.5], ["zoom"], 10, ["*", 0.5 * factor, WIDE], 14, ["*", 1.2 * factor, WIDE], 18, ["*", 9 * factor, WIDE]];
const of = (kind, ...more) => ["all", ["==", ["get", "kind"], kind], ...more];

function streets() {
  const base = { source: "streets", "source-layer": "base" };
  const round = { "line-cap": "round", "line-join": "round" };
  const path = [">", ["get", "rank"], 5];
  return [
    { id: "water", type: "fill", ...base, filter: of("water"), paint: { "fill-color": "#CFE0E8" } },
    { id: "streams", type: "line", ...base, filter: of("stream"), paint: { "line-color": "#B7D0DC", "line-width": 1.2 } },
    { id: "buildings", type: "fill", ...base, filter: of("building"), paint: { "fill-color": "#E6E1D5", "fill-outline-color": "#D3CCBC" } },
    { id: "rails", type: "line", ...base, filter: of("rail"), paint: { "line-color": "#8C9196", "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.8, 16, 2], "line-dasharray": [5, 2] } },
    { id: "paths", type: "line", ...base, filter: of("road", path), paint: { "line-color": "#C3BCAB", "line-width": 0.9, "line-dasharray": [3, 2] } },
    { id: "roads-edge", type: "line", ...base, filter: of("road", ["!", path]), layout: round, paint: { "line-color": "#BDB5A2", "line-width": growing(1.4) } },
    { id: "roads", type: "line", ...base, filter: of("road", ["!", path]), layout: round, paint: { "line-color": "#FFFFFF", "line-width": growing(1) } },
  ];
}

const streetNames = { id: "street-names", type: "symbol", source: "streets", "source-layer": "base", minzoom: 14, filter: of("road", ["has", "name"]), layout: { "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "symbol-sort-key": ["get", "rank"] }, paint: { "text-color": "#5A5F63", "text-halo-color": "#FBFAF7", "text-halo-width": 1.5 } };

function style(facts, scheme) {
  const [least, most, near] = facts.zooms;
  const geojson = (name) => ({ type: "geojson", data: whole(facts.layers[name]) });
  const firms = { source: "firms", "source-layer": "firms" };
  const size = ["interpolate", ["linear"], ["zoom"], near, 3, most, 7, 17, 10];
  return {
    version: 8,
    sources: {
      communes: geojson("communes"), quarters: geojson("quartiers"), operations: geojson("operations"), stations: geojson("gares"),
      zone: { type: "geojson", data: outline(facts.zone) },
      ...(facts.streets && { streets: { type: "vector", tiles: [whole(facts.streets)], minzoom: facts.streets_zooms[0], maxzoom: facts.streets_zooms[1] } }),
      firms: { type: "vector", tiles: [whole(facts.tiles)], minzoom: least, maxzoom: most },
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": "#F3F1EA" } },
      { id: "communes", type: "fill", source: "communes", paint: { "fill-color": ["case", ["get", "ours"], "#FBFAF7", "#EFECE3"] } },
      ...(facts.streets ? streets() : []),
      { id: "borders", type: "line", source: "communes", paint: { "line-color": "#4A5157", "line-width": ["case", ["get", "ours"], 1, 0.5] } },
      { id: "quarters", type: "fill", source: "quarters", paint: { "fill-color": "#8A5A00", "fill-opacity": 0.14 } },
      { id: "quarters-edge", type: "line", source: "quarters", paint: { "line-color": "#8A5A00", "line-width": 1.5, "line-dasharray": [3, 2] } },
      { id: "operations", type: "line", source: "operations", paint: { "line-color": "#A63D25", "line-width": 2.5 } },
      { id: "zone", type: "line", source: "zone", paint: { "line-color": INK, "line-width": 2, "line-dasharray": [4, 3] } },
      ...(facts.streets ? [streetNames] : []),
      { id: "names", type: "symbol", source: "communes", filter: ["get", "ours"], minzoom: 10, layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13 }, paint: { "text-color": "#4A5157", "text-halo-color": "#FBFAF7", "text-halo-width": 2 } },
      { id: "stations", type: "symbol", source: "stations", minzoom: 11, layout: { "text-field": ["step", ["zoom"], "■", 13, ["concat", "■\n", ["get", "name"]]], "text-font": FONT, "text-size": 12, "text-anchor": "top" }, paint: { "text-color": INK, "text-halo-color": "#FFFFFF", "text-halo-width": 2 } },
      { id: "groups", type: "circle", ...firms, maxzoom: near, paint: { "circle-color": "#FFFFFF", "circle-stroke-color": colours(scheme), "circle-stroke-width": 4, "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 7, 12, 13, 60, 20] } },
      { id: "numbers", type: "symbol", ...firms, maxzoom: near, layout: { "text-field": ["to-string", ["get", "n"]], "text-font": FONT, "text-size": 12, "text-allow-overlap": true }, paint: { "text-color": INK, "text-halo-color": "#FFFFFF", "text-halo-width": 1.5 } },
      { id: "points", type: "circle", ...firms, minzoom: near, paint: { "circle-color": colours(scheme), "circle-radius": size, "circle-stroke-color": "#FFFFFF", "circle-stroke-width": 1 } },
      { id: "signs", type: "symbol", ...firms, minzoom: most, layout: { "text-field": signs(scheme), "text-font": FONT, "text-size": 10, "text-allow-overlap": true }, paint: { "text-color": "#FFFFFF", "text-halo-color": INK, "text-halo-width": 0.8 } },
    ],
  };
}

function legend(scheme) {
  part("legend").replaceChildren(...scheme.classes.map((each) => {
    const line = document.createElement("li");
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    for (const [name, value] of [["width", 20], ["height", 20], ["viewBox", "0 0 20 20"], ["aria-hidden", "true"]]) mark.setAttribute(name, value);
    const round = document.createElementNS(mark.namespaceURI, "circle");
    for (const [name, value] of [["cx", 10], ["cy", 10], ["r", 9], ["fill", each.colour]]) round.setAttribute(name, value);
    const sign = document.createElementNS(mark.namespaceURI, "text");
    for (const [name, value] of [["x", 10], ["y", 14], ["text-anchor", "middle"], ["font-size", 11], ["font-weight", 700], ["fill", "#fff"], ["stroke", INK], ["stroke-width", 2], ["paint-order", "stroke"]]) sign.setAttribute(name, value);
    sign.textContent = each.sign;
    mark.append(round, sign);
    line.append(mark, each.label);
    return line;
  }));
}

function colour(facts) {
  const scheme = facts.schemes.find((each) => each.key === part("by").value);
  legend(scheme);
  if (!map?.getLayer("points")) return;
  map.setPaintProperty("groups", "circle-stroke-color", colours(scheme));
  map.setPaintProperty("points", "circle-color", colours(scheme));
  map.setLayoutProperty("signs", "text-field", signs(scheme));
}

// What is at a point, as links to their cards: the same by a click and by Enter in the middle.
function pick(at, facts, reach = 8) {
  if (!map.areTilesLoaded()) return map.once("idle", () => pick(at, facts, reach)); // nothing is empty that has not come yet
  const box = [[at.x - reach, at.y - reach], [at.x + reach, at.y + reach]];
  const [group] = map.queryRenderedFeatures(box, { layers: ["groups"] });
  if (group) return map.easeTo({ center: group.geometry.coordinates, zoom: map.getZoom() + 2 });
  const picked = part("picked");
  const found = new Map(map.queryRenderedFeatures(box, { layers: ["points"] }).map((each) => [each.properties.siret, each.properties]));
  const list = document.createElement("ul");
  list.className = "plain";
  for (const { siret, name } of [...found.values()].slice(0, 12)) {
    const number = String(siret).padStart(14, "0");
    const link = document.createElement("a");
    link.href = `${facts.card}${number}/`;
    link.textContent = name ?? `${picked.dataset.unnamed} ${number}`;
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
  picked.replaceChildren(found.size ? list : picked.dataset.none, found.size > 12 ? ` ${picked.dataset.many}` : "");
}

async function open(section, { focus = false } = {}) {
  const facts = told();
  const maplibregl = await load(section);
  part("live").hidden = false;
  part("drawn").hidden = true;
  if (held) part("by").value = held.by;
  const scheme = facts.schemes.find((each) => each.key === part("by").value);
  legend(scheme);
  map?.remove();
  map = new maplibregl.Map({
    container: part("gl"), style: style(facts, scheme), attributionControl: false, fadeDuration: 0, minZoom: facts.zooms[0], maxZoom: 18, dragRotate: false, pitchWithRotate: false,
    ...(held?.center ? { center: held.center, zoom: held.zoom } : facts.bounds.length ? { bounds: facts.bounds, fitBoundsOptions: { padding: 24, maxZoom: 15 } } : {}),
  });
  map.section = section;
  map.touchZoomRotate.disableRotation();
  map.getCanvas().setAttribute("aria-label", part("gl").dataset.label);
  map.on("load", () => colour(facts)); // another colour may have been chosen while it came
  map.on("moveend", () => {
    held = { ...held, center: map.getCenter(), zoom: map.getZoom() };
    if (held.follows) search();
  });
  map.on("click", (event) => pick(event.point, facts));
  map.once("idle", () => { section.dataset.ready = ""; });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") pick(map.project(map.getCenter()), facts, 90);
  });
  held = { by: part("by").value, ...held };
  if (focus) part("by").focus();
}

// What is seen becomes a filter of the form, asked for as any other: the address says it too.
function search() {
  const form = document.getElementById("firms-form");
  const [[west, south], [east, north]] = map.getBounds().toArray().map((pair) => pair.map((each) => each.toFixed(5)));
  const zone = [[west, south], [east, south], [east, north], [west, north], [west, south]].map((pair) => pair.join(",")).join(";");
  const [field = form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "zone" })), ...others] = form.querySelectorAll("[name=zone]");
  for (const each of others) each.remove();
  field.value = zone;
  field.checked = true;
  asked = { focus: part("live").contains(document.activeElement) ? document.activeElement : null };
  form.requestSubmit();
}

// The list changed: the map that asked for it takes the place of the one that came, as it is.
function stay() {
  const { section } = map;
  const focus = asked?.focus;
  asked = null;
  const facts = document.getElementById("firmsmap-told") ? told() : null;
  const fresh = document.querySelector(".firmsmap");
  if (fresh) {
    part("live").replaceWith(section.querySelector("[data-map-live]"));
    part("drawn").hidden = true;
    map.section = fresh;
  } else document.querySelector("[data-part]").append(section); // nothing is here: it may be moved away
  if (facts) {
    map.getSource("firms")?.setTiles([whole(facts.tiles)]);
    map.getSource("zone")?.setData(outline(facts.zone));
  }
  if (document.activeElement === document.body) focus?.focus({ preventScroll: true });
}

function begin(section, how) {
  open(section, how).catch(() => {
    close();
    part("live").hidden = false;
    for (const each of part("live").children) each.hidden = !each.matches("[data-map-failed]");
  });
}

function close() {
  map?.remove();
  map = held = null;
  part("live").hidden = true;
  part("drawn").hidden = false;
}

document.addEventListener("click", (event) => {
  const section = event.target.closest(".firmsmap");
  if (!section) return;
  if (event.target.closest("[data-map-open]")) begin(section, { focus: true });
  if (event.target.closest("[data-map-close]")) { close(); part("open").focus(); }
  const zoom = event.target.closest("[data-map-zoom]");
  if (zoom && map) map.easeTo({ zoom: map.getZoom() + Number(zoom.dataset.mapZoom) });
  if (event.target.closest("[data-map-keep]") && map) search();
});
// Whoever moves on while the list comes finds themselves where they went, not where they were.
document.addEventListener("focusin", (event) => {
  if (asked && map?.section.contains(event.target)) asked.focus = event.target;
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-map-follow]")) {
    held.follows = event.target.checked;
    if (held.follows) search();
  }
  if (!event.target.matches("[data-map-by]")) return;
  held = { ...held, by: event.target.value };
  colour(told());
});

function offer() {
  const section = document.querySelector(".firmsmap");
  const opens = part("open"); // none where nothing has a position
  if (opens) opens.hidden = !globalThis.WebGL2RenderingContext;
  if (map && (asked || held.follows)) return stay();
  if (section && opens && held) {
    held = { by: held.by }; // another selection is looked at whole
    begin(section);
  }
}
document.addEventListener("bassin:part", offer);
offer();
