"""Why a question goes across units: every reason there is. Where each is given, a test compares with the code."""

import enum


class Across(enum.Enum):
    """A legitimate question about the records of other units, or a write that concerns more than one."""

    COMMAND = "who runs a command on the server has its keys and its database anyway"
    KEYS = "the first and the last row of each encrypted text is opened, to tell whether the keys fit"
    KNOWN = "whether a person has an open file, or a case of the year, in another unit: its name is told and no more"
    SHARED = "whether a card or telephone is on file for another family: of another unit its name is told and no more"
    REFUSED = "whether an address that was refused names a record of another unit: for the log, and for nobody's page"
    RULES = "a record is judged by what others keep of the same person, and by what its whole unit keeps"
    NUMBERS = "a number is unique in the whole unit, also for who works in one of the unions below it"
    REVISIONS = "a write raises the revision of every unit that counts the record, also of one it has left"
    KEPT = "what is counted of a unit, and kept for everybody who may see it, must not be what one person may"
    PATTERN = "how many units were given a figure back for a reason is told to all of them; which they were is not"
    HANDOVER = "who hands a desk over sees how much is on it, and works with no records"
    UNIONS = "the administrator moves unions with all their records, and reads none of them"
    ENQUIRY = "an enquiry goes to another unit, or back to the city, and is written there"
    TRANSFER = "a family goes from one unit to another: both are asked, and the one that takes it writes in both"
    PUBLISHED = "what is published is read by everybody, also without signing in"
