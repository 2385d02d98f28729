"""The shipped definitions load, and each kind of mistake is named with its file, its key and its mend."""

import json
import shutil
from pathlib import Path

import pytest

from bot.core.errors import AfterwordError, DefinitionError
from bot.definitions.loader import SHIPPED, as_json, digest, from_json, load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "definitions"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer has {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[DefinitionError]:
    with pytest.raises(DefinitionError) as caught:
        load(folder)
    return [caught.value, *caught.value.others]


def test_the_shipped_definitions_load_and_come_back_from_json() -> None:
    definitions = load(SHIPPED)
    stored = json.loads(json.dumps(as_json(definitions)))
    assert from_json(stored) == definitions


def test_the_digest_sees_what_is_said_and_not_how_it_is_laid_out(folder: Path) -> None:
    before = digest(folder)
    (folder / "journey.yml").write_text("# a note\n" + (folder / "journey.yml").read_text("utf-8"), encoding="utf-8")
    assert digest(folder) == before
    change(folder, "tags.yml", "weight: 5", "weight: 4")
    assert digest(folder) != before


def test_a_folder_without_saved_replies_goes_on_without_them(folder: Path) -> None:
    with_them = digest(folder)
    (folder / "saved_replies.yml").unlink()
    assert load(folder).saved_replies == [] and digest(folder) != with_them


# file, what stands there, what is put instead, the key that must be named, the value, the mend
MISTAKES = {
    "unknown variable of a saved reply": (
        "saved_replies.yml", "Hello {customer},", "Hello {costumer},",
        "replies[taking_over].text.en", "'costumer'", "did you mean 'customer'?",
    ),
    "open brace in a saved reply": (
        "saved_replies.yml", "Hello {customer},", "Hello {customer,",
        "replies[taking_over].text.en", "Hello {customer,", "give each { its }",
    ),
    "unknown category of a saved reply": (
        "saved_replies.yml", "category: [ordering_and_payment]", "category: [ordering]",
        "replies[invoice_correction].category", "'ordering'", "ordering_and_payment",
    ),
    "unknown severity of a saved reply": (
        "saved_replies.yml", "severity: [critical]", "severity: [criticall]",
        "replies[safety_first].severity", "'criticall'", "did you mean 'critical'?",
    ),
    "saved reply given twice": (
        "saved_replies.yml", "key: closing", "key: ask_photo",
        "replies[ask_photo]", "2 times", "rename or remove one",
    ),
    "unknown team of a touchpoint": (
        "journey.yml", "owner_team: logistics", "owner_team: logistcs",
        "touchpoints[delivery].owner_team", "'logistcs'", "did you mean 'logistics'?",
    ),
    "unknown stage of a touchpoint": (
        "journey.yml", "stage: before", "stage: earlier",
        "touchpoints[store_visit].stage", "'earlier'", "use one of: before, during, after",
    ),
    "unknown language of words": (
        "journey.yml", "      en: [store, shop", "      eng: [store, shop",
        "touchpoints[store_visit].words", "'eng'", "did you mean 'en'?",
    ),
    "touchpoint given twice": (
        "journey.yml", "- key: delivery\n", "- key: installation\n",
        "touchpoints[installation]", "2 times", "rename or remove one",
    ),
    "mistyped key": (
        "journey.yml", "key_moment: true", "key_momment: true",
        "touchpoints[store_visit].key_momment", "'key_momment'", "did you mean 'key_moment'?",
    ),
    "missing wording": (
        "journey.yml", "zh-Hant: 購買前, ", "",
        "stages[before].name.zh-Hant", "'zh-Hant' is missing", "add it",
    ),
    "survey of an unknown touchpoint": (
        "surveys.yml", "touchpoint: delivery", "touchpoint: deliverry",
        "surveys[delivery].touchpoint", "'deliverry'", "did you mean 'delivery'?",
    ),
    "two surveys for one touchpoint": (
        "surveys.yml", "touchpoint: delivery", "touchpoint: installation",
        "surveys[installation].touchpoint", "already has the survey 'delivery'", "keep one survey a touchpoint",
    ),
    "touchpoint without a survey": (
        "surveys.yml", "touchpoint: delivery", "touchpoint: installation",
        "surveys", "'delivery' has no survey", "add one for it",
    ),
    "condition on an unknown tag": (
        "surveys.yml", "tag: [delivery_late,", "tag: [delivery_latte,",
        "surveys[delivery].questions[lateness].when.tag", "'delivery_latte'", "did you mean 'delivery_late'?",
    ),
    "condition on an unknown category": (
        "surveys.yml", "category: [product_range]", "category: [product_rage]",
        "surveys[store_visit].questions[looked_for].when.category", "'product_rage'", "did you mean 'product_range'?",
    ),
    "condition on a later answer": (
        "surveys.yml", "when: [{answer: satisfaction, at_most: 2}]", "when: [{answer: experience, at_most: 2}]",
        "surveys[store_visit].questions[reason].variants[1].when.answer", "'experience'", "use one of: satisfaction",
    ),
    "thanks for an unknown answer": (
        "surveys.yml", "    thanks:\n      - when: [{fact: recovered, is_in: [\"yes\"]}]",
        "    thanks:\n      - when: [{answer: mood, at_least: 1}]",
        "surveys[store_visit].thanks[0].when.answer", "'mood'", "use one of: satisfaction",
    ),
    "condition on an unknown fact": (
        "surveys.yml", "fact: complained", "fact: complain",
        "surveys[store_visit].questions[reason].variants[0].when.fact", "'complain'", "did you mean 'complained'?",
    ),
    "survey without a main question": (
        "surveys.yml", "        main: true\n", "",
        "surveys[store_visit]", "exactly one question is main", "correct the value",
    ),
    "unknown scale": (
        "surveys.yml", "scale: csat", "scale: stars",
        "surveys[store_visit].questions[satisfaction]", "csat, nps, ces, experience", "correct the value",
    ),
    "unknown category of a tag": (
        "tags.yml", "category: waiting_and_speed", "category: waiting",
        "tags[queue_too_long].category", "'waiting' is no category", "use one of: ",
    ),
    "unknown team of a tag": (
        "tags.yml", "team: product_quality", "team: quality",
        "tags[defective_item].team", "'quality' is no team", "did you mean 'product_quality'?",
    ),
    "unknown stage of a tag": (
        "tags.yml", "stage: after", "stage: afterwards",
        "tags[defective_item].stage", "'afterwards'", "did you mean 'after'?",
    ),
    "tag given twice": (
        "tags.yml", "- key: broke_early", "- key: defective_item", "tags[defective_item]", "2 times", "rename",
    ),
    "weight out of range": (
        "tags.yml", "weight: 5", "weight: 9", "tags[defective_item].weight", "9", "correct the value",
    ),
    "unknown kind of a tag": (
        "tags.yml", "kind: pain\n", "kind: ache\n", "tags[defective_item].kind", "'ache'", "correct the value",
    ),
    "no number of days": (
        "retention.yml", "words: {days: 730}", "words: {days: 0}", "words.days", "0", "correct the value",
    ),
    "days and for ever": (
        "retention.yml", "audit: {days: 1095}", "audit: {days: 1095, keep: forever}",
        "audit", "either `days: <number>` or `keep: forever`", "correct the value",
    ),
    "unknown class of data": (
        "retention.yml", "trackers: {days: 30}", "tracker: {days: 30}",
        "tracker", "'tracker'", "did you mean 'trackers'?",
    ),
    "word of a pain and of a delight": (
        "tags.yml", "zh-Hans: [用不了,", "zh-Hans: [很好用,",
        "tags[works_well].words.zh-Hans", "a pain in the tag 'defective_item'", "keep it in one of the two",
    ),
    "too few categories": (
        "tags.yml", "  - {key: location_and_access,", "  # - {key: location_and_access,",
        "categories", "there are 11, fewer than 12", "add categories",
    ),
    "rule for an unknown category": (
        "remedies.yml", "category: [staff_and_service]", "category: [staff]",
        "rules[rude_staff_callback].category", "'staff' is no category", "use one of: ",
    ),
    "rule for an unknown tag": (
        "remedies.yml", "tag: [cafe_food_poor]", "tag: [cafe_food_por]",
        "rules[cafe_voucher].tag", "'cafe_food_por'", "did you mean 'cafe_food_poor'?",
    ),
    "rule for an unknown touchpoint": (
        "remedies.yml", "touchpoint: [store_visit]", "touchpoint: [store_vist]",
        "rules[store_goods_voucher].touchpoint", "'store_vist'", "did you mean 'store_visit'?",
    ),
    "rule for an unknown wish": (
        "remedies.yml", "desired: [callback, explain, unsure]", "desired: [callbak]",
        "rules[hear_from_us].desired", "'callbak'", "did you mean 'callback'?",
    ),
    "rule offering a kind without wording": (
        "remedies.yml", "  - kind: callback\n", "  - kind: redo\n",
        "rules[hear_from_us].offer", "'callback' is no kind with a wording", "use one of: refund",
    ),
    "money neither way": (
        "remedies.yml", "    percent: 100\n", "",
        "rules[bad_goods_refund]", "percent: None", "say how much: percent, or amount by currency",
    ),
    "money both ways": (
        "remedies.yml", "    percent: 100\n", "    percent: 100\n    amount: {CNY: 50}\n",
        "rules[bad_goods_refund]", "{'CNY': 50.0}", "keep percent or amount, not both",
    ),
    "money where none moves": (
        "remedies.yml", "    offer: replacement\n", "    offer: replacement\n    percent: 10\n",
        "rules[bad_goods_replacement]", "percent: 10.0", "it moves no money",
    ),
    "a sum below nothing": (
        "remedies.yml", "cap: {CNY: 500", "cap: {CNY: -500",
        "rules[bad_goods_partial_refund].cap.CNY", "-500", "give a number above 0",
    ),
    "a currency that is none": (
        "remedies.yml", "cap: {CNY: 500", "cap: {RMB¥: 500",
        "rules[bad_goods_partial_refund].cap.RMB¥", "'RMB¥'", "ISO 4217",
    ),
    "unknown placeholder": (
        "remedies.yml", "en: I can refund you {amount} {currency}", "en: I can refund you {sum} {currency}",
        "kinds[refund].offer.en", "'sum'", "use one of: amount, currency, order_id, explanation",
    ),
    "brace without its pair": (
        "remedies.yml", "en: I can refund you {amount} {currency}", "en: I can refund you {amount} {currency",
        "kinds[refund].offer.en", "expected '}'", "give each { its }",
    ),
    "rule in the shadow of another": (
        "remedies.yml", "rules:\n", "rules:\n  - {key: all, offer: callback, desired: [explain, callback, unsure]}\n",
        "rules[hear_from_us]", "'all' above fits every case", "move it above 'all' or remove it",
    ),
    "offer that a limit never lets through": (
        "remedies.yml", "amount: {CNY: 8000,", "amount: {CNY: 100,",
        "rules[vip_late_delivery].amount.CNY", "per_customer.amount allows 100 CNY in all", "raise the limit",
    ),
    "currency that a limit does not know": (
        "remedies.yml", "amount: {CNY: 8000, TWD: 35000,", "amount: {CNY: 8000,",
        "rules[vip_late_delivery].amount.TWD", "knows no TWD", "add TWD to per_customer.amount",
    ),
    "approval above no sum of money": (
        "remedies.yml", "approval_above: {CNY: 3000", "approval_above: {CNY: 0",
        "approval_above.CNY", "0", "give a number above 0",
    ),
    "explanation without words": (
        "remedies.yml", "    offer: explain\n    explanation:", "    offer: callback\n    explanation:",
        "rules[points_explained].explanation", "explains nothing", "offer: explain",
    ),
    "severity without a level": (
        "service_levels.yml", "  medium: {", "  # medium: {",
        "levels.medium", "'medium' has no service level", "add first_response",
    ),
    "level of an unknown severity": (
        "service_levels.yml", "  medium: {", "  middling: {", "levels", "'middling' is no severity", "use one of: none",
    ),
    "unknown default team": (
        "service_levels.yml", "default_team: customer_care", "default_team: customer_car",
        "default_team", "'customer_car'", "did you mean 'customer_care'?",
    ),
    "unknown time zone": (
        "service_levels.yml", "time_zone: Asia/Shanghai", "time_zone: Asia/Hearthside",
        "teams[store_operations].time_zone", "'Asia/Hearthside'", "correct the value",
    ),
    "unknown language of a team": (
        "service_levels.yml", "time_zone: Asia/Shanghai", "language: zh",
        "teams[store_operations].language", "'zh' is not one of zh-Hans, zh-Hant, en", "correct the value",
    ),
    "webhook that is not encrypted": (
        "service_levels.yml", "time_zone: Asia/Shanghai", "webhook: http://erp.example/hook",
        "teams[store_operations].webhook", "a webhook is an https:// address", "correct the value",
    ),
    "webhook on call of another kind": (
        "service_levels.yml", "default_team: ", "on_call_webhook: ftp://x\ndefault_team: ",
        "on_call_webhook", "a webhook is an https:// address", "correct the value",
    ),
    "unknown weekday": (
        "service_levels.yml", "      mon:", "      monday:", "teams[store_operations].hours", "'monday'", "correct",
    ),
    "tabs or a missing quote": (
        "service_levels.yml", "levels:\n", "levels:\n\t", "line 10", "token", "check indentation",
    ),
    "key given twice": (
        "service_levels.yml", "default_team: customer_care\n", "default_team: customer_care\nlevels: {}\n",
        "line 17", "'levels' is given twice (first on line 9)", "keep one of the two",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_file_key_value_and_mend(folder: Path, mistake: tuple[str, ...]) -> None:
    file, old, new, key, value, mend = mistake
    change(folder, file, old, new)
    found = mistakes(folder)
    named = [m for m in found if m.file == file and m.key_path == key and value in m.problem and mend in m.mend]
    assert named, "\n".join(map(str, found))


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "remedies.yml").unlink()
    (found,) = mistakes(folder)
    assert (found.file, found.problem) == ("remedies.yml", "the file is missing")


def test_a_folder_copied_before_there_was_retention_keeps_data_as_the_shipped_one(folder: Path) -> None:
    before = digest(folder)
    (folder / "retention.yml").unlink()
    definitions = load(folder)
    assert definitions.retention == load(SHIPPED).retention and digest(folder) != before
    stored = {key: value for key, value in as_json(definitions).items() if key != "retention"}
    assert from_json(stored) == definitions


def test_retention_comes_back_as_it_was_edited(folder: Path) -> None:
    (folder / "retention.yml").write_text("words: {days: 10}\naudit: {keep: forever}\n", encoding="utf-8")
    retention = from_json(json.loads(json.dumps(as_json(load(folder))))).retention
    assert (retention.words.days, retention.audit.keep, retention.pictures.days) == (10, "forever", 180)


def test_an_empty_file_is_named(folder: Path) -> None:
    (folder / "tags.yml").write_text("# nothing yet\n", encoding="utf-8")
    (found,) = mistakes(folder)
    assert (found.file, found.problem) == ("tags.yml", "the file holds no keys")


def test_too_few_tags_are_refused(folder: Path) -> None:
    text = (folder / "tags.yml").read_text("utf-8")
    (folder / "tags.yml").write_text("  - key:".join(text.split("  - key:")[:76]), encoding="utf-8")
    assert any("there are 75, fewer than 76" in mistake.problem for mistake in mistakes(folder))


def test_several_mistakes_in_several_files_are_told_together_each_on_its_line(folder: Path) -> None:
    change(folder, "journey.yml", "needs_order: false", "needs_order: perhaps")
    change(folder, "tags.yml", "weight: 5", "weight: heavy")
    change(folder, "service_levels.yml", "first_response: 30", "first_response: 0")
    with pytest.raises(AfterwordError) as caught:
        load(folder)
    files = [line.split(":")[0] for line in str(caught.value).splitlines()]
    assert files == ["journey.yml", "tags.yml", "service_levels.yml"]


def test_yes_and_ten_o_clock_are_words(folder: Path) -> None:
    change(folder, "surveys.yml", 'is_in: ["yes"]', "is_in: [yes]")
    change(folder, "service_levels.yml", '["10:00", "18:00"]', "[10:00, 18:00]")
    assert load(folder) == load(SHIPPED)


def test_a_category_without_any_way_out_is_named(folder: Path) -> None:
    change(folder, "remedies.yml", "digital_and_information, product_range]", "digital_and_information]")
    change(folder, "remedies.yml", "  - key: hear_from_us\n", "  - key: hear_from_us\n    category: [price_value]\n")
    found = [one for one in mistakes(folder) if "'product_range' has no way out at 'store_visit'" in one.problem]
    assert [(one.file, one.key_path) for one in found] == [("remedies.yml", "rules")]
    assert "category: [product_range]" in found[0].mend
