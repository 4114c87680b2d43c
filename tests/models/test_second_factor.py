"""The devices: what each takes for a code, and how often."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django_otp import user_has_device, verify_token
from django_otp.models import Device

from cautionary_plugin.models import Authenticator, EnrolmentCode, RecoveryCode, RecoverySheet
from tests.factors import NOON, begin, enrol, make_person, shown_on_phone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(time_machine: Any) -> None:
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def person() -> Any:
    return make_person()


@pytest.fixture
def phone(person: Any) -> Authenticator:
    return enrol(person).authenticator


def accepts(device: Any, token: str) -> bool:
    return verify_token(device.user, device.persistent_id, token) is not None


def test_persistent_id_leads_back_to_the_device(phone: Authenticator) -> None:
    assert Device.from_persistent_id(phone.persistent_id) == phone


def test_authenticator_takes_the_code_of_now(phone: Authenticator) -> None:
    assert accepts(phone, shown_on_phone(phone))


def test_authenticator_refuses_a_code_twice(phone: Authenticator, time_machine: Any) -> None:
    code = shown_on_phone(phone)
    assert accepts(phone, code)
    time_machine.shift(5)

    assert not accepts(phone, code)


def test_authenticator_refuses_a_code_older_than_the_last(
    phone: Authenticator, time_machine: Any
) -> None:
    assert accepts(phone, shown_on_phone(phone))
    time_machine.shift(60)
    earlier = shown_on_phone(phone, steps=-1)
    assert accepts(phone, shown_on_phone(phone))

    assert not accepts(phone, earlier)


@pytest.mark.parametrize("steps", [-3, 3])
def test_authenticator_refuses_a_code_of_another_time(phone: Authenticator, steps: int) -> None:
    assert not accepts(phone, shown_on_phone(phone, steps=steps))


def test_authenticator_refuses_padded_signed_and_foreign_digits(
    phone: Authenticator, time_machine: Any
) -> None:
    code = shown_on_phone(phone)
    foreign = code.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for disguised in (f"0{code}", f"{code}0", f"+{code}", f"-{code}", foreign, f"{code}\n", ""):
        assert not accepts(phone, disguised)
        Authenticator.objects.update(throttling_failure_count=0)

    assert accepts(phone, f"{code[:3]} {code[3:]}")


def test_authenticator_keeps_a_leading_zero(person: Any) -> None:
    phone = begin(person)
    Authenticator.objects.filter(pk=phone.pk).update(last_t=-1)
    step = next(n for n in range(10_000) if shown_on_phone(phone, steps=n).startswith("0"))
    code = shown_on_phone(phone, steps=step)
    Authenticator.objects.filter(pk=phone.pk).update(drift=step)

    assert not accepts(phone, code.lstrip("0"))
    Authenticator.objects.update(throttling_failure_count=0)
    assert accepts(phone, code)


def test_authenticator_makes_wait_longer_after_each_wrong_code(
    phone: Authenticator, time_machine: Any
) -> None:
    for seconds in (1, 2, 4):
        assert not accepts(phone, "000000")
        time_machine.shift(seconds - 0.1)
        assert not accepts(phone, shown_on_phone(phone)), "the right code came too early"
        time_machine.shift(0.2)

    assert accepts(phone, shown_on_phone(phone))
    phone.refresh_from_db()
    assert phone.throttling_failure_count == 0


def test_authenticator_of_somebody_else_is_refused(phone: Authenticator) -> None:
    other = make_person("other")

    assert verify_token(other, phone.persistent_id, shown_on_phone(phone)) is None


def test_secret_is_sealed_in_the_database(phone: Authenticator) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Authenticator._meta.db_table}")  # noqa: S608
        row = b"|".join(
            bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode()
            for v in cursor.fetchone()
        )

    assert len(phone.secret) == 32
    assert phone.secret.encode() not in row


def test_user_has_one_authenticator_that_counts_and_one_that_waits(phone: Authenticator) -> None:
    facts = {"user": phone.user, "secret": "x", "created_at": NOON}
    Authenticator.objects.create(confirmed=False, **facts)

    for confirmed in (True, False):
        with pytest.raises(IntegrityError), transaction.atomic():
            Authenticator.objects.create(confirmed=confirmed, **facts)


def test_recovery_code_is_good_once(person: Any) -> None:
    codes = enrol(person).codes
    sheet = RecoverySheet.objects.get(user=person)

    assert accepts(sheet, codes[0].lower().replace("-", " "))
    assert not accepts(sheet, codes[0])


def test_recovery_codes_are_kept_as_digests(person: Any) -> None:
    codes = enrol(person).codes

    kept = {row.digest for row in RecoveryCode.objects.all()}
    assert len(kept) == 10
    assert all(len(digest) == 64 for digest in kept)
    assert not any(code.replace("-", "") in digest.upper() for code in codes for digest in kept)


def test_recovery_codes_survive_a_new_secret_key(person: Any, settings: Any) -> None:
    codes = enrol(person).codes
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert accepts(RecoverySheet.objects.get(user=person), codes[0])


def test_recovery_sheet_makes_wait_after_a_wrong_code(person: Any, time_machine: Any) -> None:
    codes = enrol(person).codes
    sheet = RecoverySheet.objects.get(user=person)
    assert not accepts(sheet, "AAAA-AAAA-AAAA-AAAA")

    assert not accepts(sheet, codes[0])
    time_machine.shift(1.1)
    assert accepts(sheet, codes[0])


def test_enrolment_code_counts_as_nobodys_second_factor(person: Any) -> None:
    begin(person)

    assert EnrolmentCode.objects.get().confirmed is False
    assert not user_has_device(person)


@pytest.mark.parametrize("wrong", [{"confirmed": True}, {"expires_at": NOON - timedelta(1)}])
def test_enrolment_code_cannot_be_made_to_count_or_end_early(
    person: Any, wrong: dict[str, Any]
) -> None:
    facts = {
        "user": person,
        "digest": "0" * 64,
        "confirmed": False,
        "issued_at": NOON,
        "expires_at": NOON + timedelta(1),
    }

    with pytest.raises(IntegrityError):
        EnrolmentCode.objects.create(**facts | wrong)


def test_devices_name_nobody(phone: Authenticator) -> None:
    sheet = RecoverySheet.objects.get()

    for words in (str(phone), repr(phone), str(sheet), str(sheet.codes.first())):
        assert phone.user.username not in words
        assert phone.secret not in words


def test_devices_are_read_from_the_database_that_is_written_to(person: Any, settings: Any) -> None:
    settings.DATABASE_ROUTERS = ["tests.models.test_second_factor.Replica"]

    assert Authenticator.objects.all().db == "default"
    assert RecoverySheet.objects.devices_for_user(person).db == "default"


class Replica:
    """Sends readers elsewhere."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "replica"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return "default"


def test_deleting_the_account_deletes_its_devices(phone: Authenticator) -> None:
    phone.user.delete()

    assert not Authenticator.objects.exists()
    assert not RecoverySheet.objects.exists()
