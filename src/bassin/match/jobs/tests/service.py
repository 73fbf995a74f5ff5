"""A server that answers as the documentation of “Offres d'emploi v2” says, or as it fails."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

OFFER = {
    "id": "180HSFM",
    "intitule": "Cariste (H/F)",
    "description": "Vous chargez les camions au quai.",
    "dateCreation": "2026-11-20T09:00:00.000Z",
    "dateActualisation": "2026-11-21T09:00:00.000Z",
    "lieuTravail": {
        "libelle": "94 - VALENTON", "latitude": 48.7528, "longitude": 2.4622,
        "codePostal": "94460", "commune": "94074",
    },
    "romeCode": "N1101",
    "romeLibelle": "Conduite d'engins de déplacement des charges",
    "appellationlibelle": "Cariste",
    "entreprise": {"nom": "Atelier Exemple", "entrepriseAdaptee": False},
    "typeContrat": "CDD",
    "typeContratLibelle": "Contrat à durée déterminée - 6 Mois",
    "natureContrat": "Contrat travail",
    "experienceExige": "E",
    "experienceLibelle": "1 an(s)",
    "formations": [{"niveauLibelle": "CAP, BEP et équivalents", "exigence": "E"}],
    "competences": [
        {"code": "106714", "libelle": "Charger", "exigence": "E"},
        {"code": "123301", "libelle": "Ranger", "exigence": "S"},
    ],
    "permis": [{"libelle": "B - Véhicule léger", "exigence": "E"}],
    "salaire": {"libelle": "Mensuel de 1850.0 Euros à 2100.0 Euros sur 12.0 mois"},
    "dureeTravailLibelle": "35H Travail samedi et dimanche",
    "dureeTravailLibelleConverti": "Temps plein",
    "alternance": False,
    "contact": {"nom": "Mme Lucie MODELE", "telephone": "01 00 00 00 00"},
    "nombrePostes": 2,
    "accessibleTH": False,
    "origineOffre": {
        "origine": "1",
        "urlOrigine": "https://candidat.francetravail.fr/offres/recherche/detail/180HSFM",
    },
}  # fmt: skip


class Fake:
    """What it holds, what it was asked, and the failures it has in store."""

    def __init__(self, count: int = 1) -> None:
        self.offers = [{**OFFER, "id": f"ID{number:04}", "intitule": f"Cariste {number} (H/F)"}
                       for number in range(count)]  # fmt: skip
        self.asked: list[dict[str, str]] = []
        self.tokens = 0
        self.failures: list[str] = []
        self.url = ""

    def page(self, query: dict[str, list[str]]) -> tuple[int, bytes, str]:
        start, last = (int(each) for each in query["range"][0].split("-"))
        found = self.offers[start : last + 1]
        if not found:
            return 204, b"", "offres */0"
        body = json.dumps({"resultats": found, "filtresPossibles": []}).encode()
        end = start + len(found) - 1
        whole = len(found) == len(self.offers)
        return 200 if whole else 206, body, f"offres {start}-{end}/{len(self.offers)}"


class Handler(BaseHTTPRequestHandler):
    """One request to the server, which holds the fake."""

    def log_message(self, *args):
        """Say nothing."""

    @property
    def fake(self) -> Fake:
        return self.server.fake

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if said.get("client_secret") != ["right"]:
            self.answer(400, b'{"error":"invalid_client"}')
            return
        assert said["grant_type"] == ["client_credentials"]
        assert said["scope"] == ["api_offresdemploiv2 o2dsoffre"]
        self.fake.tokens += 1
        token = {"access_token": f"t{self.fake.tokens}", "expires_in": 1499}
        self.answer(200, json.dumps(token).encode())

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        self.fake.asked.append({name: value[0] for name, value in query.items()})
        failure = self.fake.failures.pop(0) if self.fake.failures else ""
        wanted = f"Bearer t{self.fake.tokens}"
        if failure == "401" or self.headers["Authorization"] != wanted:
            self.answer(401)
        elif failure == "429":
            self.answer(429, Retry_After="7")
        elif failure == "500":
            self.answer(500)
        elif failure == "lost":
            self.connection.close()
        else:
            status, body, told = self.fake.page(query)
            cut = body[: len(body) // 2] if failure == "truncated" else body
            self.answer(status, cut, Content_Range=told)


@contextmanager
def serving(fake: Fake) -> Iterator[Fake]:
    """The same, listening on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.fake = fake
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
