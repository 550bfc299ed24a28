"""The importer gives what Rasa's own gives, whatever files the examples lie in."""

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.importer import OnceImporter, joined

FILES = {
    "domain/one.yml": """
intents: [greet]
responses:
  utter_greet:
  - text: hello
""",
    "domain/two.yml": """
intents: [goodbye]
slots:
  plan: {type: text, mappings: [{type: custom}]}
""",
    "nlu/one.yml": """
version: "3.1"
nlu:
- intent: greet
  metadata: {variety: gulf}
  examples: |
    - هلا والله
    - هلا
""",
    "nlu/two.yml": """
version: "3.1"
nlu:
- intent: goodbye
  examples: |
    - مع السلامة
    - هلا
""",
    "nlu/lookups/words.yml": """
version: "3.1"
nlu:
- lookup: word
  examples: |
    - one
- synonym: Riyadh
  examples: |
    - الرياض
""",
    "rules/one.yml": """
version: "3.1"
rules:
- rule: greet
  steps:
  - intent: greet
  - action: utter_greet
""",
}


def test_the_same_examples_lookups_synonyms_domain_and_rules(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    places = (None, str(tmp_path / "domain"), [str(tmp_path / "nlu"), str(tmp_path / "rules")])
    ours, rasas = OnceImporter(*places), RasaFileImporter(*places)

    data = ours.get_nlu_data()
    assert data.fingerprint() == rasas.get_nlu_data().fingerprint()
    assert len(data.training_examples) == 4
    assert data.entity_synonyms == {"الرياض": "Riyadh"}
    assert ours.get_domain().fingerprint() == rasas.get_domain().fingerprint()
    assert ours.get_stories().fingerprint() == rasas.get_stories().fingerprint()


def test_joining_gives_what_merging_gives(tmp_path):
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    one, two, words = (load_data(str(tmp_path / "nlu" / name)) for name in ("one.yml", "two.yml", "lookups/words.yml"))
    merged = TrainingData().merge(one, None, two).merge(words).merge(TrainingData())
    assert joined(joined(TrainingData(), one, None, two), words, TrainingData()).fingerprint() == merged.fingerprint()
